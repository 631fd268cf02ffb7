namespace Ringfence.Media.Prompts;

/// <summary>Where a <see cref="PromptScript"/> stands.</summary>
public enum ScriptState : byte
{
    /// <summary>Not begun.</summary>
    Ready,

    /// <summary>The question is being played.</summary>
    Asking,

    /// <summary>Digits are waited for.</summary>
    Gathering,

    /// <summary>The caller is being told that it was not right, or that nothing was heard.</summary>
    Correcting,

    /// <summary>The digits are there. The end.</summary>
    Gathered,

    /// <summary>Asked often enough, or for long enough. The end.</summary>
    GivenUp,
}
