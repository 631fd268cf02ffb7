using System.Globalization;
using System.Text;

namespace Ringfence.Screening.Refusal;

/// <summary>One value of a Reason header (RFC 3326 §2).</summary>
/// <param name="Protocol">"SIP", "Q.850" or "STIR".</param>
/// <param name="Cause">The status or the cause.</param>
/// <param name="Text">The text, unquoted.</param>
/// <param name="Location">Where the call was released (RFC 8606; 603+ has it with SIP too), or null.</param>
/// <param name="Ppi">The offending PASSporT (RFC 9410), or null.</param>
public readonly record struct ReasonValue(
    string Protocol,
    int Cause,
    string Text,
    ReleaseLocation? Location = null,
    string? Ppi = null
)
{
    private static readonly string[] LocationTokens = ["LN", "U", "LPN", "TN", "RLN", "RPN"];

    /// <summary>The value as it goes into the header.</summary>
    public override string ToString()
    {
        // reason-value = protocol *(SEMI reason-params), reason-text = "text" EQUAL quoted-string (RFC 3326 §2)
        var value = new StringBuilder()
            .Append(Protocol)
            .Append(";cause=")
            .Append(Cause.ToString(CultureInfo.InvariantCulture))
            .Append(";text=");
        AppendQuoted(value, Text);
        if (Location is { } location)
        {
            value.Append(";location=").Append(LocationTokens[(int)location]);
        }

        if (Ppi is not null)
        {
            AppendQuoted(value.Append(";ppi="), Ppi);
        }

        return value.ToString();
    }

    private static void AppendQuoted(StringBuilder value, string text)
    {
        value.Append('"');
        foreach (var c in text)
        {
            // Control characters would end the header; quotes and backslashes are escaped (RFC 3261 §25.1 quoted-pair).
            if (!char.IsControl(c))
            {
                value.Append(c is '"' or '\\' ? "\\" : "").Append(c);
            }
        }

        value.Append('"');
    }
}
