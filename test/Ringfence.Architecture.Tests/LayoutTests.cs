namespace Ringfence.Architecture.Tests;

public sealed class LayoutTests
{
    [Fact]
    public void Repository_root_is_found() => Repository.Root.ShouldNotBeNull();
}
