namespace Ringfence.Sip.Observe;

/// <summary>Sees every message that a <see cref="WireTap"/> passes on. Called on the lanes' threads; it must not block.</summary>
public interface IMessageTap
{
    /// <summary>A message has come, or is leaving.</summary>
    void OnMessage(in TappedMessage message);
}
