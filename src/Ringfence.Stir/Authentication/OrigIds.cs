using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace Ringfence.Stir.Authentication;

/// <summary>Makes "origid": random for each call, or by a secret from what calls have in common and the period (RFC 8588 §5, §8).</summary>
internal sealed class OrigIds(AuthenticationOptions options, TimeProvider time, RandomNumberGenerator random)
{
    public string Make(SigningTrunk trunk, string? customer)
    {
        string? shared = trunk.OrigId switch
        {
            OrigIdPolicy.PerTrunk => "trunk/" + trunk.Name,
            OrigIdPolicy.PerCustomer when customer is not null => "customer/" + customer,
            OrigIdPolicy.PerCustomer => "trunk/" + trunk.Name,
            OrigIdPolicy.PerGateway => "gateway/" + options.Gateway,
            _ => null,
        };
        Span<byte> octets = stackalloc byte[HMACSHA256.HashSizeInBytes];
        if (shared is null)
        {
            random.GetBytes(octets[..16]);
        }
        else
        {
            byte[] name = Encoding.UTF8.GetBytes(shared);
            var message = new byte[8 + name.Length];
            BinaryPrimitives.WriteInt64BigEndian(message, time.GetUtcNow().Ticks / options.OrigIdPeriod.Ticks);
            name.CopyTo(message.AsSpan(8));
            HMACSHA256.HashData(options.OrigIdSecret.Span, message, octets);
        }

        // RFC 9562 §5.4 and §5.8: version 4 for random, 8 for what one makes by one's own rule; variant 10.
        octets[6] = (byte)((octets[6] & 0x0F) | (shared is null ? 0x40 : 0x80));
        octets[8] = (byte)((octets[8] & 0x3F) | 0x80);
        return new Guid(octets[..16], bigEndian: true).ToString();
    }
}
