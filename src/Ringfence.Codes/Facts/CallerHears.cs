using System.Text.Json.Serialization;

namespace Ringfence.Codes;

/// <summary>What the caller hears.</summary>
[JsonConverter(typeof(KeyConverter<CallerHears>))]
public enum CallerHears
{
    /// <summary>Nothing yet.</summary>
    NothingYet,

    /// <summary>Ringback, made locally or sent from afar.</summary>
    Ringback,

    /// <summary>Whatever the far end sends, or silence.</summary>
    FarEnd,

    /// <summary>As before; some phones show the forwarding.</summary>
    Forwarding,

    /// <summary>Queue announcement or music, if the far end sends it.</summary>
    Queue,

    /// <summary>The early media of another dialog, if any.</summary>
    OtherDialog,

    /// <summary>The conversation.</summary>
    Conversation,

    /// <summary>Nothing; no call is involved.</summary>
    NotHeard,

    /// <summary>Nothing; the device repeats by itself.</summary>
    Unnoticed,

    /// <summary>Busy tone.</summary>
    Busy,

    /// <summary>Number-unobtainable tone or announcement.</summary>
    Unobtainable,

    /// <summary>Announcement or tone that the person cannot be reached.</summary>
    Unavailable,

    /// <summary>Refusal tone or announcement.</summary>
    Refusal,

    /// <summary>Announcement that the call was blocked, and by whom.</summary>
    Blocked,

    /// <summary>Congestion tone.</summary>
    Congestion,

    /// <summary>Failure tone, or a message on the display.</summary>
    Failure,

    /// <summary>Nothing; the caller has hung up.</summary>
    HungUp,

    /// <summary>Ringback of the new address.</summary>
    NewRinging,

    /// <summary>The conversation goes on.</summary>
    TalkGoesOn,

    /// <summary>The call drops.</summary>
    CallDrops,
}
