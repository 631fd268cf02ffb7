namespace Ringfence.Diagnosis.Capture.Fetches;

/// <summary>What is known of one TCP connection to a web server while it lasts.</summary>
internal sealed class FetchWatch(FetchLog log)
{
    private readonly Queue<string> _asked = new();
    private FrameStamp _first;
    private PacketAddress _client;
    private PacketAddress _server;
    private string _host = "";
    private int _attempts;

    /// <summary>The client asks for the connection, for the first time or again.</summary>
    public void Asked(in FrameStamp stamp, PacketAddress client, PacketAddress server)
    {
        if (_attempts++ == 0)
        {
            (_first, _client, _server, _host) = (stamp, client, server, "");
            _asked.Clear();
        }
    }

    /// <summary>The server has answered, or the client speaks as if it had.</summary>
    public void Opened(in FrameStamp stamp)
    {
        if (_attempts > 0)
        {
            _attempts = 0;
            Note(FetchStepKind.Opened, stamp);
        }
    }

    /// <summary>The connection is reset; one that nobody had answered yet has been refused.</summary>
    public void Reset(in FrameStamp stamp, PacketAddress by)
    {
        if (_attempts > 0 && by == _server)
        {
            _attempts = 0;
            Note(FetchStepKind.Refused, stamp);
        }
    }

    /// <summary>No more will come.</summary>
    public void Flush()
    {
        // One attempt alone may be the last frame of the capture.
        if (_attempts > 1)
        {
            Note(FetchStepKind.Unanswered, _first);
        }

        _attempts = 0;
    }

    /// <summary>The client names the server that it wants (RFC 6066 §3): only now is it known whose connection this is.</summary>
    public void Named(in FrameStamp stamp, PacketAddress client, PacketAddress server, string host)
    {
        (_client, _server, _host) = (client, server, host);
        Note(FetchStepKind.Opened, stamp);
    }

    public void Alert(in FrameStamp stamp, string name) => Note(FetchStepKind.Alert, stamp, name);

    /// <summary>What stands at the head of a request or response of HTTP/1.1.</summary>
    public void Http(in FrameStamp stamp, ReadOnlySpan<byte> bytes)
    {
        const int MaxAsked = 16;
        if (!FetchLog.IsWeb(_server.Port) || !HttpHead.TryRead(bytes, out var head))
        {
            return;
        }

        if (head.Status == 0)
        {
            _host = head.Host.Length > 0 ? head.Host : _host;
            if (_asked.Count < MaxAsked)
            {
                _asked.Enqueue(head.Path);
            }
        }
        else if (head.Status >= 200)
        {
            var status = head.Status.ToString(System.Globalization.CultureInfo.InvariantCulture);
            Note(FetchStepKind.Response, stamp, status, _asked.TryDequeue(out var path) ? path : "");
        }
    }

    private void Note(FetchStepKind kind, in FrameStamp stamp, string what = "", string path = "")
    {
        if (FetchLog.IsWeb(_server.Port))
        {
            log.Note(new FetchStep(kind, stamp.Number, stamp.Time, _client, _server, _host, what, path));
        }
    }
}
