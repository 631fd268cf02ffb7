namespace Ringfence.Screening.Rules;

/// <summary>The three answers to a call.</summary>
public enum Decision : byte
{
    /// <summary>Let it ring.</summary>
    Progress,

    /// <summary>Ask the caller to show to be a person first.</summary>
    Challenge,

    /// <summary>Refuse it.</summary>
    Refuse,
}
