using System.Text.Json.Serialization;

namespace Ringfence.Codes;

/// <summary>Whether and how the client may try again.</summary>
[JsonConverter(typeof(KeyConverter<RetryRule>))]
public enum RetryRule
{
    /// <summary>Wait, do not repeat.</summary>
    Wait,

    /// <summary>Not needed.</summary>
    NotNeeded,

    /// <summary>At the addresses in Contact.</summary>
    Contacts,

    /// <summary>The user chooses among the addresses.</summary>
    UserChooses,

    /// <summary>At once, with credentials.</summary>
    Credentials,

    /// <summary>At once, corrected as the response says.</summary>
    Corrected,

    /// <summary>With more digits.</summary>
    MoreDigits,

    /// <summary>Not unchanged at this server.</summary>
    NotHere,

    /// <summary>Should not be repeated.</summary>
    NotRepeat,

    /// <summary>Unchanged, at any later time.</summary>
    AnyTime,

    /// <summary>Later, after Retry-After if it is given.</summary>
    Later,

    /// <summary>After several seconds.</summary>
    Seconds,

    /// <summary>At another server.</summary>
    OtherServer,

    /// <summary>After a short random wait.</summary>
    RandomWait,

    /// <summary>Only with a new dialog.</summary>
    NewDialog,

    /// <summary>By the proxy, over another flow.</summary>
    OtherFlow,

    /// <summary>Nowhere now; perhaps later.</summary>
    EverywhereLater,

    /// <summary>Nowhere.</summary>
    Nowhere,

    /// <summary>Nowhere, and later calls are likely to fare the same.</summary>
    Unwelcome,

    /// <summary>Not before the blocker has been asked for redress.</summary>
    Redress,
}
