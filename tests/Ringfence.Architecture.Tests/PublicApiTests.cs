using System.Reflection;

namespace Ringfence.Architecture.Tests;

/// <summary>
/// The public surface of each library is an approved text. Set RINGFENCE_APPROVE=1 to write the present one down, and read the
/// difference before it is committed.
/// </summary>
public sealed class PublicApiTests
{
    public static TheoryData<string> Libraries =>
        [
            "Ringfence.Codes",
            "Ringfence.Sip",
            "Ringfence.Media",
            "Ringfence.Stir",
            "Ringfence.Screening",
            "Ringfence.Diagnosis",
        ];

    [Theory]
    [MemberData(nameof(Libraries))]
    public void The_public_surface_is_the_approved_one(string library)
    {
        string approvedFile = Path.Combine(Repository.Root, "tests/Ringfence.Architecture.Tests/Api", library + ".txt");
        string present = PublicSurface.Describe(Assembly.Load(library));
        if (Environment.GetEnvironmentVariable("RINGFENCE_APPROVE") == "1")
        {
            File.WriteAllText(approvedFile, present);
        }

        string approved = File.ReadAllText(approvedFile).ReplaceLineEndings("\n");
        present.Split('\n').Except(approved.Split('\n')).ShouldBeEmpty($"new in {library}, not approved");
        approved.Split('\n').Except(present.Split('\n')).ShouldBeEmpty($"gone from {library}");
    }
}
