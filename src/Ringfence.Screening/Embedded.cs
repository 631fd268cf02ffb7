namespace Ringfence.Screening;

/// <summary>The data files inside this assembly.</summary>
internal static class Embedded
{
    public static Stream Open(string name) =>
        typeof(Embedded).Assembly.GetManifestResourceStream($"Ringfence.Screening.{name}")
        ?? throw new InvalidOperationException($"The data file {name} is not embedded.");

    public static string Text(string name)
    {
        using var reader = new StreamReader(Open(name));
        return reader.ReadToEnd();
    }
}
