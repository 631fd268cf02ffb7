using System.Net;
using Ringfence.Codes;
using Ringfence.Edge.Web;

[assembly: AssemblyFixture(typeof(Ringfence.Web.Tests.Site))]

namespace Ringfence.Web.Tests;

/// <summary>The web server on a free port of the loopback, and a client that follows no redirection by itself.</summary>
public sealed class Site : IAsyncLifetime
{
    private WebHost? _host;
    private HttpClient? _client;

    public static IReadOnlyList<string> Languages { get; } = [.. Language.Available.Select(name => name.Code)];

    public Uri Address => _host!.Address;

    public async ValueTask InitializeAsync()
    {
        _host = await WebHost.StartAsync(new IPEndPoint(IPAddress.Loopback, 0));
        _client = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false }) { BaseAddress = _host.Address };
    }

    public async ValueTask DisposeAsync()
    {
        _client?.Dispose();
        if (_host is not null)
        {
            await _host.DisposeAsync();
        }
    }

    public Task<HttpResponseMessage> GetAsync(string address, params (string Name, string Value)[] headers) =>
        SendAsync(HttpMethod.Get, address, headers);

    public async Task<HttpResponseMessage> SendAsync(
        HttpMethod method,
        string address,
        params (string Name, string Value)[] headers
    )
    {
        using HttpRequestMessage request = new(method, address);
        foreach ((string name, string value) in headers)
        {
            request.Headers.TryAddWithoutValidation(name, value).ShouldBeTrue();
        }

        return await _client!.SendAsync(request, TestContext.Current.CancellationToken);
    }

    public Task<HttpResponseMessage> SendAsync(HttpRequestMessage request) =>
        _client!.SendAsync(request, TestContext.Current.CancellationToken);

    /// <summary>A page that must be there.</summary>
    public async Task<HtmlPage> PageAsync(string address)
    {
        using HttpResponseMessage response = await GetAsync(address);
        response.StatusCode.ShouldBe(HttpStatusCode.OK, address);
        return HtmlPage.Parse(await TextAsync(response));
    }

    public static Task<string> TextAsync(HttpResponseMessage response) =>
        response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);

    /// <summary>Every pair of languages and pages that the reference begins with.</summary>
    public static TheoryData<string> MainPages =>
        [
            .. from language in Languages
            from page in (string[])["codes", "codes/607", "codes/183", "codes/183-vs-607", "codes/which"]
            select $"/{language}/{page}",
        ];
}
