using System.Text;
using Ringfence.Sip.Calls;
using Ringfence.Sip.Messages;

namespace Ringfence.Sip.Registrar;

/// <summary>The header lines of the answer to a REGISTER (RFC 3261 §10.3 step 8).</summary>
internal static class RegisterReply
{
    private static readonly byte[] Acts = "*;+sip.607"u8.ToArray();

    internal static HeaderField[] Headers(
        RegistrarOptions options,
        SipRequest request,
        in RegisterOutcome outcome,
        DateTimeOffset now
    ) =>
        outcome.StatusCode switch
        {
            200 => Success(options, request, outcome.Bindings, now),
            423 => [new HeaderField(HeaderId.MinExpires, $"{options.MinExpires}")],
            420 => [new HeaderField(HeaderId.Unsupported, "path")],
            _ => [],
        };

    private static HeaderField[] Success(
        RegistrarOptions options,
        SipRequest request,
        IReadOnlyList<Binding> bindings,
        DateTimeOffset now
    )
    {
        List<HeaderField> headers = [.. bindings.Select(binding => Contact(binding, now))];
        headers.Add(new HeaderField(HeaderId.Date, now.ToString("R", null)));
        foreach (ReadOnlySpan<byte> item in request.Items(HeaderId.Path))
        {
            headers.Add(new HeaderField(HeaderId.Path, item.ToArray()));
        }

        if (options.ActsOn607)
        {
            headers.Add(new HeaderField(HeaderId.FeatureCaps, Acts));
        }

        return [.. headers];
    }

    private static HeaderField Contact(Binding binding, DateTimeOffset now)
    {
        long left = Math.Max(1, (long)Math.Ceiling((binding.Expires - now).TotalSeconds));
        string q = binding.Q == 1000 ? "" : $";q=0.{binding.Q:000}";
        return new HeaderField(
            HeaderId.Contact,
            Encoding.Latin1.GetBytes(
                $"<{Encoding.Latin1.GetString(binding.Uri.Span)}>{Encoding.Latin1.GetString(binding.Parameters.Span)}{q};expires={left}"
            )
        );
    }
}
