using System.Text.Encodings.Web;
using System.Text.Json;

namespace Ringfence.Output;

/// <summary>JSON on standard output, indented, with a line end behind it.</summary>
internal static class JsonOutput
{
    // For terminals and files, not for web pages: quotes stay readable.
    private static readonly JsonWriterOptions Options = new()
    {
        Indented = true,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    internal static void Print(Action<Utf8JsonWriter> write)
    {
        using Stream output = Console.OpenStandardOutput();
        using (var json = new Utf8JsonWriter(output, Options))
        {
            write(json);
        }

        output.Write("\n"u8);
    }
}
