using System.Text.Json.Serialization;

namespace Ringfence.Codes;

/// <summary>What a forking proxy does about the other branches (RFC 3261 §16.7).</summary>
[JsonConverter(typeof(KeyConverter<ForkingEffect>))]
public enum ForkingEffect
{
    /// <summary>Untouched; it never leaves the hop.</summary>
    HopOnly,

    /// <summary>Other branches go on.</summary>
    OthersGoOn,

    /// <summary>One early dialog ends, the rest goes on.</summary>
    OneDialogEnds,

    /// <summary>The proxy cancels the other branches.</summary>
    AnswerEndsOthers,

    /// <summary>Branch ends; the proxy may try the contacts.</summary>
    ContactsTried,

    /// <summary>Only this branch ends.</summary>
    BranchEnds,

    /// <summary>Branch ends; challenges are collected.</summary>
    ChallengeCollected,

    /// <summary>The proxy tries another flow.</summary>
    NextFlow,

    /// <summary>All other branches are cancelled.</summary>
    EndsAll,

    /// <summary>Does not arise.</summary>
    NoFork,
}
