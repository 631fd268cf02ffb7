using System.Text;
using Ringfence.Diagnosis.Media;
using Ringfence.Sip.Messages;

namespace Ringfence.Diagnosis.Calls;

/// <summary>Digits in INFO requests: <c>application/dtmf-relay</c> ("Signal=5") and <c>application/dtmf</c> ("5").</summary>
internal static class DtmfInfo
{
    public static DtmfDigit? Read(TraceMessage message)
    {
        if (
            !message.Is(SipMethod.Info)
            || !message.Header(HeaderId.ContentType).Contains("dtmf", StringComparison.OrdinalIgnoreCase)
        )
        {
            return null;
        }

        var body = Encoding.ASCII.GetString(message.Sip.Body).Trim();
        var digit = body.Length == 1 ? body : Field(body, "Signal");
        if (digit is not { Length: >= 1 } || !"0123456789*#ABCDabcd".Contains(digit[0], StringComparison.Ordinal))
        {
            return null;
        }

        var held = int.TryParse(Field(body, "Duration"), out var milliseconds)
            ? TimeSpan.FromMilliseconds(milliseconds)
            : default;
        return new DtmfDigit(
            DtmfKind.Info,
            char.ToUpperInvariant(digit[0]),
            message.Frame,
            message.Time,
            message.Source,
            held,
            Ended: true
        );
    }

    private static string? Field(string body, string name)
    {
        foreach (var line in body.Split('\n'))
        {
            var equals = line.IndexOf('=', StringComparison.Ordinal);
            if (equals > 0 && line[..equals].Trim().Equals(name, StringComparison.OrdinalIgnoreCase))
            {
                return line[(equals + 1)..].Trim();
            }
        }

        return null;
    }
}
