using FsCheck;
using FsCheck.Fluent;

namespace Ringfence.Stir.Tests.Mutation;

/// <summary>Runs a check on mutated octets: a fixed few normally, for its share of an hour under RINGFENCE_LONG=1.</summary>
internal static class Mutations
{
    private static readonly TimeSpan LongRun = TimeSpan.FromMinutes(6);

    private static readonly Arbitrary<Edit[]> Edits = (
        from count in Gen.Choose(1, 4)
        from edits in (
            from kind in Gen.Choose(0, 7)
            from position in Gen.Choose(0, 5000)
            from octet in Gen.Choose(0, 255)
            select new Edit(kind, position, (byte)octet)
        ).ArrayOf(count)
        select edits
    ).ToArbitrary();

    /// <summary>Applies the edits to the original and hands the result to the check, which throws on what must not be.</summary>
    public static void Check(byte[] original, Action<byte[]> check, int count = 400)
    {
        long executions = 0;
        void Run(ulong seed) =>
            Prop.ForAll(
                    Edits,
                    edits =>
                    {
                        executions++;
                        check(edits.Aggregate(original, (octets, edit) => edit.Apply(octets)));
                    }
                )
                .Check(Config.QuickThrowOnFailure.WithMaxTest(count).WithReplay(seed, 1));

        Run(20_231_114);
        if (Environment.GetEnvironmentVariable("RINGFENCE_LONG") != "1")
        {
            return;
        }

        long start = TimeProvider.System.GetTimestamp();
        for (ulong seed = 1; TimeProvider.System.GetElapsedTime(start) < LongRun; seed++)
        {
            Run(seed);
        }

        TestContext.Current.TestOutputHelper?.WriteLine($"{executions} executions");
    }
}
