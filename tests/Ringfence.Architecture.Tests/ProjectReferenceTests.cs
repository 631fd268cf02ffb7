using System.Xml.Linq;

namespace Ringfence.Architecture.Tests;

/// <summary>Who may refer to whom: the levels of ARCHITECTURE.md, read from the project files.</summary>
public sealed class ProjectReferenceTests
{
    private static readonly Dictionary<string, string[]> Allowed = new()
    {
        ["Ringfence.Codes"] = [],
        ["Ringfence.Sip"] = [],
        ["Ringfence.Media"] = [],
        ["Ringfence.Stir"] = [],
        ["Ringfence.Screening"] = ["Ringfence.Stir"],
        ["Ringfence.Diagnosis"] = ["Ringfence.Sip", "Ringfence.Media", "Ringfence.Stir", "Ringfence.Codes"],
        ["Ringfence.Edge"] =
        [
            "Ringfence.Codes",
            "Ringfence.Sip",
            "Ringfence.Media",
            "Ringfence.Stir",
            "Ringfence.Screening",
            "Ringfence.Diagnosis",
        ],
        ["Ringfence"] = ["Ringfence.Edge"],
        ["Ringfence.Native"] = ["Ringfence.Diagnosis"],
    };

    public static TheoryData<string> Projects =>
        [.. Directory.GetDirectories(Path.Combine(Repository.Root, "src")).Select(path => Path.GetFileName(path)!)];

    [Theory]
    [MemberData(nameof(Projects))]
    public void A_project_refers_only_to_those_below_it(string project)
    {
        Allowed.ShouldContainKey(project, "a new project needs its place in the levels first");
        References(project).Except(Allowed[project]).ShouldBeEmpty();
    }

    [Theory]
    [InlineData("Ringfence.Codes")]
    [InlineData("Ringfence.Sip")]
    [InlineData("Ringfence.Media")]
    [InlineData("Ringfence.Stir")]
    public void A_level_0_library_needs_no_package_of_others(string project) =>
        Items(project, "PackageReference").ShouldBeEmpty();

    private static IEnumerable<string> References(string project) =>
        Items(project, "ProjectReference").Select(path => Path.GetFileNameWithoutExtension(path)!);

    private static IEnumerable<string> Items(string project, string kind) =>
        XDocument
            .Load(Path.Combine(Repository.Root, "src", project, project + ".csproj"))
            .Descendants(kind)
            .Select(item => (string?)item.Attribute("Include") ?? "");
}
