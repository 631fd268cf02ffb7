using System.Text.RegularExpressions;

namespace Ringfence.Architecture.Tests;

/// <summary>The file list is the table of contents: one type a file, named like it, and short.</summary>
public sealed partial class FileShapeTests
{
    private const int LongestFile = 250;

    [Fact]
    public void No_source_file_is_longer_than_250_lines() =>
        Repository
            .SourceFiles("src")
            .Select(path => (path, lines: Repository.Lines(path).Length))
            .Where(file => file.lines > LongestFile)
            .Select(file => $"{file.path}: {file.lines}")
            .ShouldBeEmpty();

    [Fact]
    public void A_source_file_holds_one_top_level_type() =>
        Repository
            .SourceFiles("src")
            .Select(path => (path, types: Repository.Lines(path).Count(line => TopLevelType().IsMatch(line))))
            .Where(file => file.types > 1)
            .Select(file => $"{file.path}: {file.types} types")
            .ShouldBeEmpty();

    [Fact]
    public void A_top_level_type_bears_the_name_of_its_file() =>
        Repository
            .SourceFiles("src")
            .SelectMany(path => Repository.Lines(path).Select(line => (path, match: TopLevelType().Match(line))))
            .Where(found =>
                found.match.Success && found.match.Groups["name"].Value != Path.GetFileName(found.path).Split('.')[0]
            )
            .Select(found => $"{found.path}: {found.match.Groups["name"].Value}")
            .ShouldBeEmpty();

    [Fact]
    public void The_source_holds_no_left_over_marks() =>
        (
            from path in Repository.SourceFiles("src")
            from line in Repository.Lines(path)
            where LeftOver().IsMatch(line)
            select $"{path}: {line.Trim()}"
        ).ShouldBeEmpty();

    [GeneratedRegex(
        @"^(?:(?:public|internal|file|sealed|static|abstract|readonly|ref|partial|unsafe) )*(?:class|struct|record struct|record class|record|enum|interface|delegate \S+) (?<name>\w+)"
    )]
    private static partial Regex TopLevelType();

    [GeneratedRegex(@"\b(TODO|FIXME|HACK|XXX)\b|NotImplementedException")]
    private static partial Regex LeftOver();
}
