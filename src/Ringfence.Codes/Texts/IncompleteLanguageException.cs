namespace Ringfence.Codes;

/// <summary>A language was asked for that lacks texts: it does not load, since no page may mix two languages.</summary>
public sealed class IncompleteLanguageException : Exception
{
    /// <summary>Creates the exception without details.</summary>
    public IncompleteLanguageException()
        : this("", []) { }

    /// <summary>Creates the exception with a message only.</summary>
    /// <param name="message">What is wrong.</param>
    public IncompleteLanguageException(string message)
        : base(message) { }

    /// <summary>Creates the exception with a message and its cause.</summary>
    /// <param name="message">What is wrong.</param>
    /// <param name="innerException">The cause.</param>
    public IncompleteLanguageException(string message, Exception innerException)
        : base(message, innerException) { }

    /// <summary>Creates the exception with what is missing.</summary>
    /// <param name="language">Language tag.</param>
    /// <param name="missing">Paths of the missing files and keys.</param>
    public IncompleteLanguageException(string language, IReadOnlyList<string> missing)
        : base($"the language \"{language}\" is incomplete: {string.Join(", ", missing)}")
    {
        Missing = missing;
    }

    /// <summary>Paths of the missing and surplus files and keys.</summary>
    public IReadOnlyList<string> Missing { get; } = [];
}
