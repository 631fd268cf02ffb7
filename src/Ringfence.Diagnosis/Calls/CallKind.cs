namespace Ringfence.Diagnosis.Calls;

/// <summary>What an exchange of messages under one Call-ID is about.</summary>
public enum CallKind
{
    /// <summary>Something else, or not enough of it is there.</summary>
    Other,

    /// <summary>A session: INVITE.</summary>
    Call,

    /// <summary>REGISTER.</summary>
    Registration,

    /// <summary>SUBSCRIBE, NOTIFY or PUBLISH.</summary>
    Events,

    /// <summary>MESSAGE.</summary>
    Message,

    /// <summary>OPTIONS.</summary>
    Options,
}
