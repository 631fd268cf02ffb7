namespace Ringfence.Edge.Web;

/// <summary>One file of a static site.</summary>
/// <param name="Name">Its path below the folder, with slashes.</param>
/// <param name="ContentAsync">Makes its content.</param>
internal sealed record StaticFile(string Name, Func<CodePages, Task<byte[]>> ContentAsync);
