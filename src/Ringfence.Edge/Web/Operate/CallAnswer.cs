using System.ComponentModel;
using System.Text.Json;
using Ringfence.Edge.Storage;

namespace Ringfence.Edge.Web.Operate;

/// <summary>A call as the API tells it.</summary>
internal sealed record CallAnswer
{
    public required string Id { get; init; }
    public required DateTimeOffset Started { get; init; }
    public required string Trunk { get; init; }
    public required string CallId { get; init; }
    public required string Caller { get; init; }
    public required string Callee { get; init; }

    [Description("Progress, Challenge or Refuse")]
    public required string Verdict { get; init; }

    [Description("In English, one a sentence; decided has them with their facts")]
    public required IReadOnlyList<string> Reasons { get; init; }

    [Description("proxy, gate, redirect, challenge; empty where the call went nowhere")]
    public required string Mode { get; init; }

    [Description("The final status that the caller got; 0 for none")]
    public required int Status { get; init; }

    public required string EndedBy { get; init; }

    [Description("Milliseconds since the INVITE, as all times; -1 where it did not happen")]
    public required int RingMs { get; init; }

    [Description("How long the caller had early media")]
    public required int EarlyMs { get; init; }

    public required int FirstRtpMs { get; init; }
    public required string EarlySource { get; init; }
    public required string GateReason { get; init; }

    [Description("The codec in which the caller heard early media")]
    public required string Played { get; init; }

    [Description("Whether the callee's first 18x described media: 1, 0, or -1 where there was none")]
    public required int CalleeMedia { get; init; }

    public required int AnsweredMs { get; init; }
    public required int EndedMs { get; init; }
    public required string Verification { get; init; }
    public required string Attestation { get; init; }
    public required string Signer { get; init; }
    public required string Signed { get; init; }
    public required string SigningReason { get; init; }

    [Description("What the callee said of it")]
    public required string Said { get; init; }

    [Description("The verdict with its reasons and their facts; null where none was kept")]
    public required JsonElement? Decided { get; init; }

    [Description("The facts of the verdict; null where none were kept")]
    public required JsonElement? Facts { get; init; }

    [Description("The verification step by step; null without an Identity header")]
    public required JsonElement? Verified { get; init; }

    /// <param name="call">The record.</param>
    /// <param name="isWhole">Whether what is long goes with it.</param>
    internal static CallAnswer Of(CallRecord call, bool isWhole) =>
        new()
        {
            Id = call.Id,
            Started = call.Started,
            Trunk = call.Trunk,
            CallId = call.SipCallId,
            Caller = call.Caller,
            Callee = call.Callee,
            Verdict = call.Verdict,
            Reasons = call.Reasons.Length == 0 ? [] : call.Reasons.Split('\n'),
            Mode = call.Mode,
            Status = call.StatusCode,
            EndedBy = call.EndedBy,
            RingMs = call.RingMs,
            EarlyMs = call.EarlyMs,
            FirstRtpMs = call.FirstRtpMs,
            EarlySource = call.EarlySource,
            GateReason = call.GateReason,
            Played = call.Played,
            CalleeMedia = call.CalleeMedia,
            AnsweredMs = call.AnsweredMs,
            EndedMs = call.EndedMs,
            Verification = call.Verification,
            Attestation = call.Attestation,
            Signer = call.Signer,
            Signed = call.Signed,
            SigningReason = call.SigningReason,
            Said = call.Said,
            Decided = isWhole ? Json(call.Decided) : null,
            Facts = isWhole ? Json(call.Facts) : null,
            Verified = isWhole ? Json(call.VerificationSteps) : null,
        };

    private static JsonElement? Json(string text)
    {
        if (text.Length == 0)
        {
            return null;
        }

        using JsonDocument document = JsonDocument.Parse(text);
        return document.RootElement.Clone();
    }
}
