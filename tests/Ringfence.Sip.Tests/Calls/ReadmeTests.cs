namespace Ringfence.Sip.Tests.Calls;

/// <summary>What the README shows is what compiles.</summary>
public sealed class ReadmeTests
{
    [Fact]
    public void Every_example_of_the_README_is_compiled_word_for_word()
    {
        string source = Flat(Read("tests/Ringfence.Sip.Tests/Calls/ReadmeExamples.cs"));
        string[] examples =
        [
            .. Read("src/Ringfence.Sip/README.md")
                .Split("```csharp\n")
                .Skip(1)
                .Select(part => Flat(part.Split("```")[0])),
        ];

        examples.Length.ShouldBeGreaterThan(5);
        foreach (string example in examples)
        {
            source.ShouldContain(example);
        }
    }

    /// <summary>Without white space: how lines are broken is the formatter's affair.</summary>
    private static string Flat(string text) => string.Concat(text.Where(letter => !char.IsWhiteSpace(letter)));

    private static string Read(string path)
    {
        DirectoryInfo at = new(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(at.FullName, "Ringfence.slnx")))
        {
            at = at.Parent.ShouldNotBeNull("the tests run in a checkout");
        }

        return File.ReadAllText(Path.Combine(at.FullName, path));
    }
}
