using System.Globalization;
using Ringfence.Media.Codecs;

namespace Ringfence.Diagnosis.Media;

/// <summary>Names of codecs.</summary>
internal static class Codecs
{
    /// <summary>The codec of most of a stream's packets: its name where the payload type is a static one or was negotiated.</summary>
    public static string NameOf(RtpStream stream) =>
        stream.CodecName
        ?? AudioFormat.OfStatic(stream.PayloadType)?.ToString()
        ?? "PT " + stream.PayloadType.ToString(CultureInfo.InvariantCulture);
}
