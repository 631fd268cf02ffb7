namespace Ringfence.Media.Prompts;

/// <summary>What whoever runs a <see cref="PromptScript"/> has to do now.</summary>
public enum ScriptStep : byte
{
    /// <summary>Nothing.</summary>
    None,

    /// <summary>Play the question, and tell the script when it was played.</summary>
    Ask,

    /// <summary>Stop playing: the caller has begun to press digits.</summary>
    Hush,

    /// <summary>Play that it was not right, and tell the script when it was played.</summary>
    SayWrong,

    /// <summary>Play that nothing was heard, and tell the script when it was played.</summary>
    SayUnheard,

    /// <summary>The digits are in <see cref="PromptScript.Digits"/>, and right where they had to be.</summary>
    Succeed,

    /// <summary>Give up.</summary>
    GiveUp,
}
