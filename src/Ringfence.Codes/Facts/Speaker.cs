using System.Text.Json.Serialization;

namespace Ringfence.Codes;

/// <summary>On whose decision a response is sent.</summary>
[JsonConverter(typeof(KeyConverter<Speaker>))]
public enum Speaker
{
    /// <summary>The next server on the way.</summary>
    NextHop,

    /// <summary>The called device.</summary>
    CalledDevice,

    /// <summary>The called person.</summary>
    CalledUser,

    /// <summary>The server of the called domain.</summary>
    CalledDomain,

    /// <summary>An intermediary that judges calls.</summary>
    Analytics,

    /// <summary>The verifier of caller identity.</summary>
    Verifier,

    /// <summary>The registrar.</summary>
    Registrar,

    /// <summary>A proxy on the way.</summary>
    Proxy,

    /// <summary>Whoever guards the access.</summary>
    AccessPolicy,

    /// <summary>The server of events or presence.</summary>
    EventServer,

    /// <summary>The emergency service.</summary>
    Emergency,

    /// <summary>Any element that reads the request.</summary>
    AnyElement,

    /// <summary>A server in trouble.</summary>
    ServerFault,

    /// <summary>The called side, confirming the caller's wish.</summary>
    Caller,

    /// <summary>The other end of the dialog.</summary>
    Peer,
}
