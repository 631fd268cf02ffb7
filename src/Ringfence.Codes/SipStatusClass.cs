using System.Text.Json.Serialization;

namespace Ringfence.Codes;

/// <summary>The six classes of responses (RFC 3261 §7.2); the value is the first digit of the code.</summary>
[JsonConverter(typeof(KeyConverter<SipStatusClass>))]
public enum SipStatusClass
{
    /// <summary>1xx: received, still being processed.</summary>
    Provisional = 1,

    /// <summary>2xx: received, understood and accepted.</summary>
    Success = 2,

    /// <summary>3xx: further action is needed to complete the request.</summary>
    Redirection = 3,

    /// <summary>4xx: the request cannot be fulfilled at this server.</summary>
    RequestFailure = 4,

    /// <summary>5xx: the server failed to fulfil an apparently valid request.</summary>
    ServerFailure = 5,

    /// <summary>6xx: the request cannot be fulfilled at any server.</summary>
    GlobalFailure = 6,
}
