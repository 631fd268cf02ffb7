using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Http;

namespace Ringfence.Edge.Web.Operate;

/// <summary>
/// Shows that a form was filled in on a page of this edge: each carries a seal on what it does, which no page of somebody else's can know.
/// It stands beside <see cref="Desk.SameSite"/>, for browsers that tell nothing of where a request comes from.
/// </summary>
internal sealed class FormSeal
{
    /// <summary>The name of the field.</summary>
    internal const string Field = "seal";

    private readonly byte[] _key = RandomNumberGenerator.GetBytes(32);

    /// <summary>The seal on an action, such as <c>calls/ID/unwanted</c>.</summary>
    internal string On(string action) =>
        Base64Url.EncodeToString(HMACSHA256.HashData(_key, Encoding.UTF8.GetBytes(action)).AsSpan(0, 16));

    internal bool IsOn(string action, IFormCollection form) =>
        CryptographicOperations.FixedTimeEquals(
            Encoding.UTF8.GetBytes(On(action)),
            Encoding.UTF8.GetBytes(form[Field].ToString())
        );
}
