using System.Globalization;
using System.Text.Json;
using Ringfence.Codes;
using Ringfence.Diagnosis.Calls;
using Ringfence.Diagnosis.Findings;
using Ringfence.Diagnosis.Ladder;
using Ringfence.Diagnosis.Report;
using Ringfence.Edge.Evidence;
using Ringfence.Edge.LiveFindings;
using Ringfence.Edge.Pipeline;
using Ringfence.Edge.Storage;
using Ringfence.Media.Wav;
using Ringfence.Screening;
using Ringfence.Screening.Facts;
using Ringfence.Screening.Policy;

namespace Ringfence.Edge.Web.Operate;

/// <summary>Gathers what the page of one call shows.</summary>
internal sealed class CallSheets(EdgeServices services, CallArchive archive, TimeProvider clock)
{
    private const int RecordedRate = 8_000;

    internal async Task<CallSheet?> OfAsync(string id, CodePath path, bool isReplayed, CancellationToken cancellation)
    {
        if (await archive.CallAsync(id, cancellation).ConfigureAwait(false) is not { } call)
        {
            return null;
        }

        TracedCall? traced = await archive.MessagesAsync(id, cancellation).ConfigureAwait(false);
        CallDiagnosis? diagnosis = traced is { Messages.Length: > 0 } ? traced.Diagnose() : null;
        Call? seen = diagnosis?.Trace.Calls is [{ } only, ..] ? only : null;
        CallLadder? ladder = seen is null ? null : LadderBuilder.Of(seen, []);
        var (caller, callee) = (Party.Parse(call.Caller), Party.Parse(call.Callee));
        return new CallSheet
        {
            Call = call,
            Verdict = CallSentence.VerdictOf(call),
            Identities = StirIdentity.Read(call.VerificationSteps, path.Language.Code),
            Entry = services.Evidence.EntryOf(callee, caller, clock.GetUtcNow()),
            IsContact = services.Evidence.Histories.Of(callee, caller).Contact,
            MayReport = Histories.IsSomebody(caller) && Histories.IsSomebody(callee),
            Codecs = Codecs(ladder),
            Wire = seen is null ? "" : Wire(diagnosis!, seen, path),
            Drawn = seen is null
                ? SvgLadder.Draw(
                    RecordLadder.Of(call, path.Language),
                    new SvgOptions
                    {
                        Title = $"{call.Caller} → {call.Callee}",
                        Language = path.Language.Code,
                        Anchor = "record-",
                    }
                )
                : "",
            Findings = seen is null ? await archive.FindingsAsync(id, cancellation).ConfigureAwait(false) : [],
            Audio = await AudioAsync(call, path, cancellation).ConfigureAwait(false),
            Replay = isReplayed ? Replay(call) : null,
        };
    }

    /// <summary>Where the early media of a call was recorded; null where it was not.</summary>
    internal string? Recording(CallRecord call) =>
        services.State.EarlyMedia.RecordTo is { } folder
        && Path.Combine(folder, call.Id + ".wav") is var file
        && call.Id.All(char.IsAsciiLetterOrDigit)
        && File.Exists(file)
            ? file
            : null;

    /// <summary>The call before the policy and the lists in force; what its callee's list said stays as it was.</summary>
    internal PolicyTrial? Replay(CallRecord call) =>
        call.Facts.Length == 0
            ? null
            : PolicyTrial.Of(
                services.State.Policy,
                new ReplaySide(services.State.Policy, services.Lists).Renewed(
                    JsonSerializer.Deserialize(call.Facts, ScreeningJson.Default.CallFacts)!
                )
            );

    private static string Wire(CallDiagnosis diagnosis, Call call, CodePath path)
    {
        using var text = new StringWriter(CultureInfo.InvariantCulture);
        ReportBody.WriteWire(
            text,
            diagnosis,
            call,
            new ReportOptions { Language = path.Language.Code },
            new ReportPlace
            {
                Audio = _ => null,
                Code = code => CodeCatalogue.TryGet(code, out _) ? path.Code(code) : null,
            }
        );
        return text.ToString();
    }

    /// <summary>Those of the first answer, else of the offer.</summary>
    private static IReadOnlyList<LadderCodec> Codecs(CallLadder? ladder) =>
        ladder
            ?.Arrows.Where(arrow => arrow.Codecs.Count > 0)
            .OrderByDescending(arrow => arrow.Codecs.Any(codec => codec.Answered is not null))
            .FirstOrDefault()
            ?.Codecs
        ?? [];

    private async Task<string> AudioAsync(CallRecord call, CodePath path, CancellationToken cancellation)
    {
        if (
            Recording(call) is not { } file
            || new FileInfo(file).Length > WavFile.MaxBytes
            || WavFile.Read(await File.ReadAllBytesAsync(file, cancellation).ConfigureAwait(false), out WavFile? wav)
                != WavFault.None
            || wav is not { SampleRate: RecordedRate, Samples.IsEmpty: false }
        )
        {
            return "";
        }

        using var text = new StringWriter(CultureInfo.InvariantCulture);
        string caption = OperatorTexts.Get(
            path.Language.Code,
            "heard",
            ("seconds", wav.Duration.TotalSeconds.ToString("0.0", CultureInfo.InvariantCulture))
        );
        ReportBody.WriteAudio(text, wav.Samples.Span, caption, $"/calls/{call.Id}/early.wav", path.Language.Code);
        return text.ToString();
    }
}
