using Ringfence.Sip.Lanes;

namespace Ringfence.Sip.Tests.Lanes;

public class KeyedHashTests
{
    /// <summary>The reference vectors of SipHash-2-4: key 00…0f, input 00…(n − 1).</summary>
    [Theory]
    [InlineData(0, 0x726fdb47dd0e0e31)]
    [InlineData(1, 0x74f839c593dc67fd)]
    [InlineData(7, 0xab0200f58b01d137)]
    [InlineData(8, 0x93f5f5799a932462)]
    [InlineData(15, 0xa129ca6149be45e5)]
    public void It_is_SipHash_2_4(int length, ulong expected)
    {
        var hash = new KeyedHash(0x0706050403020100, 0x0f0e0d0c0b0a0908);

        hash.Of([.. Enumerable.Range(0, length).Select(i => (byte)i)]).ShouldBe(expected);
    }

    [Fact]
    public void Another_key_gives_another_hash()
    {
        KeyedHash one = KeyedHash.From(LaneRandom.Seeded(1));
        KeyedHash other = KeyedHash.From(LaneRandom.Seeded(2));

        one.Of("a84b4c76e66710"u8).ShouldNotBe(other.Of("a84b4c76e66710"u8));
        one.Of("a84b4c76e66710"u8).ShouldBe(KeyedHash.From(LaneRandom.Seeded(1)).Of("a84b4c76e66710"u8));
    }
}
