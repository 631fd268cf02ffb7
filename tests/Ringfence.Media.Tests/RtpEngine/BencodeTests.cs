using System.Text;
using FsCheck;
using FsCheck.Fluent;
using Ringfence.Media.RtpEngine;

namespace Ringfence.Media.Tests.RtpEngine;

public sealed class BencodeTests
{
    [Fact]
    public void A_dictionary_is_written_with_its_names_in_order()
    {
        Bencode value = new Dictionary<string, Bencode>
        {
            ["sdp"] = "v=0\r\n",
            ["command"] = "offer",
            ["flags"] = new[] { "trust address", "é" },
            ["duration"] = -200,
        };

        Encoding
            .UTF8.GetString(value.Encode())
            .ShouldBe("d7:command5:offer8:durationi-200e5:flagsl13:trust address2:ée3:sdp5:v=0\r\ne");
    }

    [Fact]
    public void What_is_written_is_read_again()
    {
        Gen<Bencode> leaf = Gen.OneOf(
            ArbMap.Default.GeneratorFor<NonNull<string>>().Select(text => (Bencode)text.Get.Replace('\ud800', 'x')),
            ArbMap.Default.GeneratorFor<long>().Select(number => (Bencode)number)
        );
        Gen<Bencode> value = leaf.ListOf()
            .Select(list =>
                (Bencode)
                    list.Select((item, i) => KeyValuePair.Create($"n{i}", item))
                        .ToDictionary(pair => pair.Key, pair => pair.Value)
            );

        Prop.ForAll(
                value.ToArbitrary(),
                one =>
                {
                    byte[] octets = one.Encode();
                    return Bencode.Decode(octets)!.Encode().AsSpan().SequenceEqual(octets);
                }
            )
            .QuickCheckThrowOnFailure();
    }

    [Theory]
    [InlineData("")]
    [InlineData("d")]
    [InlineData("l")]
    [InlineData("i12")]
    [InlineData("ie")]
    [InlineData("i1.5e")]
    [InlineData("i99999999999999999999e")]
    [InlineData("5:abc")]
    [InlineData("-1:abc")]
    [InlineData("4294967300:abc")]
    [InlineData("3abc")]
    [InlineData("d1:ae")]
    [InlineData("di1ei2ee")]
    [InlineData("d1:a1:b1:a1:ce")]
    [InlineData("4:spam4:more")]
    public void What_is_not_well_formed_is_not_read(string text) =>
        Bencode.Decode(Encoding.UTF8.GetBytes(text)).ShouldBeNull();

    [Fact]
    public void Depth_and_number_of_values_are_limited()
    {
        Bencode.Decode(Encoding.ASCII.GetBytes(new string('l', 12) + new string('e', 12))).ShouldNotBeNull();
        Bencode.Decode(Encoding.ASCII.GetBytes(new string('l', 60_000) + new string('e', 60_000))).ShouldBeNull();
        Bencode.Decode(Encoding.ASCII.GetBytes($"l{string.Concat(Enumerable.Repeat("i1e", 20_001))}e")).ShouldBeNull();
    }

    [Fact]
    public void Octets_of_any_kind_are_read_or_refused_without_an_exception() =>
        Prop.ForAll<byte[]>(octets =>
            {
                _ = Bencode.Decode(octets);
            })
            .QuickCheckThrowOnFailure();
}
