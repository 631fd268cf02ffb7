namespace Ringfence.Sip.Transport;

/// <summary>What one lane has counted. Written by the lane's thread only, read by any.</summary>
internal sealed class LaneCounters
{
    internal long Received;
    internal long Sent;
    internal long SendFailed;
    internal long KeepAlives;
    internal long Stun;
    internal long NotSip;
    internal long MalformedRequests;
    internal long MalformedResponses;
    internal long HandedOver;
    internal long RefusedForRoom;
    internal long DroppedForRoom;
    internal long Faults;
}
