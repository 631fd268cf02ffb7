using System.Globalization;
using Microsoft.AspNetCore.Http;

namespace Ringfence.Edge.Web.Operate;

/// <summary>Which calls a reader wants, as the address of the page says it.</summary>
/// <param name="Text">Part of a number or address of either side, of the Call-ID, or the id of a record.</param>
/// <param name="Verdict">Progress, Challenge or Refuse; empty for all.</param>
/// <param name="Code">A status code, 607, or a class, 6; 0 for all.</param>
/// <param name="Trunk">The name of a trunk; empty for all.</param>
public sealed record CallFilter(string Text, string Verdict, int Code, string Trunk)
{
    private const int LongestText = 200;

    /// <summary>What the choices of the form say for none.</summary>
    private const string Any = "any";

    internal bool IsEmpty => this == new CallFilter("", "", 0, "");

    internal static CallFilter Of(IQueryCollection query)
    {
        string text = query["q"].ToString().Trim();
        string code = query["code"].ToString().Trim();
        return new CallFilter(
            text.Length > LongestText ? text[..LongestText] : text,
            query["verdict"].ToString() is "Progress" or "Challenge" or "Refuse" ? query["verdict"].ToString() : "",
            int.TryParse(code.Replace("xx", "", StringComparison.Ordinal), NumberStyles.None, null, out int number)
            && number is (>= 1 and <= 6) or (>= 100 and <= 699)
                ? number
                : 0,
            query["trunk"].ToString() is var trunk && trunk != Any ? trunk : ""
        );
    }

    /// <summary>What is asked of a row; the parameters have the names of the properties.</summary>
    internal string Where() =>
        string.Join(
            " AND ",
            new[]
            {
                "1",
                Text.Length == 0
                    ? ""
                    : "(instr(caller, @Text) OR instr(callee, @Text) OR instr(sip_call_id, @Text) OR id = @Text)",
                Verdict.Length == 0 ? "" : "verdict = @Verdict",
                Code == 0 ? ""
                : Code < 10 ? "status_code / 100 = @Code"
                : "status_code = @Code",
                Trunk.Length == 0 ? "" : "trunk = @Trunk",
            }.Where(part => part.Length > 0)
        );

    /// <summary>The same as part of an address, for the next page.</summary>
    internal string ToQuery() =>
        string.Concat(
            Text.Length == 0 ? "" : $"&q={Uri.EscapeDataString(Text)}",
            Verdict.Length == 0 ? "" : $"&verdict={Verdict}",
            Code == 0 ? "" : $"&code={CodePath.Text(Code)}",
            Trunk.Length == 0 ? "" : $"&trunk={Uri.EscapeDataString(Trunk)}"
        );
}
