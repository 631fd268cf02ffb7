namespace Ringfence.Web.Tests;

public sealed class Placeholder
{
    [Fact]
    public void X() => true.ShouldBeTrue();
}
