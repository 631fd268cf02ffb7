using System.Globalization;
using Microsoft.AspNetCore.Http;
using Ringfence.Diagnosis.Calls;
using Ringfence.Diagnosis.Report;

namespace Ringfence.Edge.Web.Diagnose;

/// <summary>Which calls of a trace a reader wants, as the address of the page says it.</summary>
/// <param name="From">Part of the caller's address; empty for all.</param>
/// <param name="To">Part of the callee's address; empty for all.</param>
/// <param name="Code">A status code, 607, or a class, 6; 0 for all.</param>
/// <param name="Finding">A finding, EM-02, or how it begins, EM; empty for all.</param>
/// <param name="OnlyFailed">Whether only what did not succeed is wanted.</param>
/// <param name="Call">Index of a single call; -1 for all.</param>
/// <param name="Before">How many calls stand on the pages before.</param>
public sealed record TraceQuery(string From, string To, int Code, string Finding, bool OnlyFailed, int Call, int Before)
{
    private const int Longest = 200;

    internal static TraceQuery Of(IQueryCollection query) =>
        new(
            Text(query["from"]),
            Text(query["to"]),
            CodeOf(Text(query["code"])),
            Text(query["finding"]).ToUpperInvariant(),
            query.ContainsKey("failed"),
            Number(query["call"], -1),
            Number(query["before"], 0)
        );

    /// <summary>Whether all calls are wanted.</summary>
    internal bool IsEmpty => this with { Before = 0 } == new TraceQuery("", "", 0, "", OnlyFailed: false, -1, 0);

    internal CallFilter Filter(CallTrace trace) =>
        new()
        {
            From = From.Length == 0 ? null : From,
            To = To.Length == 0 ? null : To,
            Code = Code == 0 ? null : Code,
            Finding = Finding.Length == 0 ? null : Finding,
            OnlyFailed = OnlyFailed,
            Only = Call >= 0 && Call < trace.Calls.Count ? trace.Calls[Call] : null,
        };

    /// <summary>The code as the form has it.</summary>
    internal string CodeText => Code == 0 ? "" : CodePath.Text(Code) + (Code < 10 ? "xx" : "");

    /// <summary>The same as the end of an address, with the page of the list that begins behind so many calls.</summary>
    internal string ToQuery(int before) =>
        "?"
        + string.Concat(
            From.Length == 0 ? "" : $"from={Uri.EscapeDataString(From)}&",
            To.Length == 0 ? "" : $"to={Uri.EscapeDataString(To)}&",
            Code == 0 ? "" : $"code={CodeText}&",
            Finding.Length == 0 ? "" : $"finding={Uri.EscapeDataString(Finding)}&"
        )
        + (OnlyFailed ? "failed=1&" : "")
        + $"before={CodePath.Text(before)}";

    private static string Text(string? value)
    {
        string text = (value ?? "").Trim();
        return text.Length > Longest ? text[..Longest] : text;
    }

    private static int Number(string? value, int otherwise) =>
        int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out int number) ? number : otherwise;

    private static int CodeOf(string text) =>
        Number(text.Replace("xx", "", StringComparison.OrdinalIgnoreCase), 0) is var number
        && number is (>= 1 and <= 6) or (>= 100 and <= 699)
            ? number
            : 0;
}
