using Ringfence.Edge.Challenge;
using Ringfence.Edge.Gate;
using Ringfence.Sip.Calls;
using Ringfence.Sip.Proxy;

namespace Ringfence.Edge.Stages;

/// <content>How a gated call begins: the caller's audio is opened first.</content>
internal sealed partial class GateCall
{
    /// <param name="caller">The call.</param>
    /// <param name="setup">What it is begun with.</param>
    /// <param name="targets">Where it may go, at least one.</param>
    /// <param name="audio">What a challenge has opened before, its 183 included; null for nothing.</param>
    internal static void Begin(IncomingCall caller, GateSetup setup, ProxyTarget[] targets, CallerAudio? audio = null)
    {
        setup.Journal.Mode("gate");
        int most = setup.Trunk.Configuration.Early.CallsPerSource;
        if (!setup.Services.Early.Sources.TryEnter(caller.From.Address, most))
        {
            setup.Services.Early.Meters.Limited(setup.Trunk.Name, "calls-per-source");
            setup.Journal.GateReason = "too many early calls of the source";
            audio?.Close();
            Refusing.Refuse(caller, 503, setup.Services, setup.Journal);
            return;
        }

        var watch = new EarlyWatch(setup, caller.From.Address);
        if (audio is not null)
        {
            Begin(caller, setup, targets, audio.Opened, hasMedia: true, watch, audio.Introduction);
            return;
        }

        GateAudio.Open(
            caller,
            setup,
            isOfferNeeded: false,
            (opened, statusCode) =>
            {
                if (opened is not null)
                {
                    Begin(caller, setup, targets, opened, hasMedia: false, watch);
                    return;
                }

                watch.End();
                if (statusCode > 0)
                {
                    Refusing.Refuse(caller, statusCode, setup.Services, setup.Journal);
                }
            }
        );
    }

    private static void Begin(
        IncomingCall caller,
        GateSetup setup,
        ProxyTarget[] targets,
        GateAudio audio,
        bool hasMedia,
        EarlyWatch watch,
        Introduction? introduction = null
    )
    {
        var media = new GateMedia(setup, audio, watch);
        CalleeAsking? asking = introduction is null ? null : new CalleeAsking(setup, media, introduction);
        var gate = new GateCall(caller, setup, targets, media, hasMedia, watch, asking);
        caller.Listener = gate;
        if (!caller.Serve())
        {
            return;
        }

        gate._progress.Begin();
        gate.Continue();
    }
}
