using System.Text.Json;
using System.Text.Json.Serialization;

namespace Ringfence.Codes;

/// <summary>Reads and writes an enumeration by the keys of the data files: <c>EndsAll</c> is <c>"ends-all"</c>.</summary>
/// <typeparam name="T">The enumeration.</typeparam>
public sealed class KeyConverter<T>()
    : JsonStringEnumConverter<T>(JsonNamingPolicy.KebabCaseLower, allowIntegerValues: false)
    where T : struct, Enum;
