using System.Text;
using Ringfence.Diagnosis.Calls;
using Ringfence.Diagnosis.Capture;
using Ringfence.Diagnosis.Tests.Capture;

namespace Ringfence.Diagnosis.Tests.Findings;

/// <summary>Every reader with damaged input: blocks of pcapng, records, HEP, logs, TLS, SCTP, WebSocket, fragments and tunnels.</summary>
public sealed class ReaderMutationTests
{
    private static readonly bool IsLong = Environment.GetEnvironmentVariable("RINGFENCE_LONG") == "1";

    public static TheoryData<string> Foreign() =>
        [
            .. new DirectoryInfo(Folder)
                .EnumerateFiles()
                .Select(file => file.Name)
                .Where(IsInput)
                .Order(StringComparer.Ordinal),
        ];

    public static TheoryData<string> Own() =>
        [
            .. EncapsulationTests.Ways().Select(row => row.Data.Item1),
            .. LogSamples.Logs().Select(row => "log: " + row.Data.Item1),
        ];

    private static string Folder { get; } = Path.GetFullPath(Path.Combine(SignedFiles.Captures(), "..", "Foreign"));

    [Theory]
    [MemberData(nameof(Foreign))]
    public void A_damaged_file_of_a_foreign_program_does_no_harm(string name) =>
        Damage(File.ReadAllBytes(Path.Combine(Folder, name)), name, IsLong ? 5_000 : 60);

    [Theory]
    [MemberData(nameof(Own))]
    public void A_damaged_frame_or_line_does_no_harm(string name) => Damage(Bytes(name), name, IsLong ? 5_000 : 60);

    [Theory]
    [InlineData("hep2.bin")]
    [InlineData("sngrep.txt")]
    [InlineData("journal.json")]
    [InlineData("call.pcapng")]
    [InlineData("websocket.pcapng")]
    public void A_file_cut_anywhere_never_gives_more_than_the_whole(string name)
    {
        var bytes = File.ReadAllBytes(Path.Combine(Folder, name));
        var whole = CollectingSink.Read(bytes).Messages.Count;
        for (var length = 0; length < bytes.Length; length += IsLong ? 1 : 37)
        {
            CollectingSink.Read(bytes[..length]).Messages.Count.ShouldBeLessThanOrEqualTo(whole, $"{name} {length}");
        }
    }

    private static bool IsInput(string name) =>
        Path.GetExtension(name) is not (".sh" or ".py" or ".c" or ".gitattributes");

    private static byte[] Bytes(string name)
    {
        if (EncapsulationTests.Ways().FirstOrDefault(row => row.Data.Item1 == name) is { } way)
        {
            return Packets.Pcap(way.Data.Item2, way.Data.Item3, way.Data.Item3);
        }

        var log = LogSamples.Logs().Single(row => "log: " + row.Data.Item1 == name).Data.Item2;
        return Encoding.UTF8.GetBytes(log + "\n" + log);
    }

    // Some of the edits lie side by side: a length and what it counts.
    private static void Damage(byte[] bytes, string name, int rounds)
    {
        var random = new Random(Seed(name));
        for (var round = 0; round < rounds; round++)
        {
            var damaged = bytes.ToList();
            var near = random.Next(damaged.Count);
            for (var edits = random.Next(1, 8); edits > 0 && damaged.Count > 0; edits--)
            {
                near = random.Next(3) == 0 ? near + 1 : random.Next(damaged.Count);
                Mutant.Edit(damaged, near % damaged.Count, (byte)random.Next(256));
            }

            var mutant = damaged.ToArray();
            Bounded.Run(
                () => _ = CallTrace.Read([CaptureInput.Bytes("damaged", mutant)]).Capture.Damage.Count,
                () => $"{name}, round {round}"
            );
        }
    }

    // A hash of a string differs from run to run.
    private static int Seed(string name) => name.Aggregate(7, (seed, letter) => unchecked((seed * 31) + letter));
}
