using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using Ringfence.Sip.Lanes;
using Ringfence.Sip.Tests.Time;

namespace Ringfence.Sip.Tests.Lanes;

public sealed class LaneThreadTests
{
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(20);

    private readonly BlockingCollection<string> _events = [];
    private readonly Lane _lane = new(0, TimeProvider.System, LaneRandom.Seeded(1), 64);

    private string Next()
    {
        _events.TryTake(out string? next, Deadline).ShouldBeTrue("nothing happened");
        return next!;
    }

    private LaneThread Start(bool portable, params ILaneInput[] inputs)
    {
        var thread = new LaneThread(_lane, inputs, exception => _events.Add(exception.Message), portable);
        thread.Start();
        return thread;
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Work_from_other_threads_runs_on_the_lanes_own(bool portable)
    {
        using LaneThread thread = Start(portable);

        for (int i = 0; i < 500; i++)
        {
            _lane.Post(new RunWork(_ => _events.Add(Thread.CurrentThread.Name!))).ShouldBeTrue();
            Next().ShouldBe("lane 0");
        }
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void A_timer_is_called_while_nothing_else_happens(bool portable)
    {
        _lane.Timers.Arm(new CallbackEntry((_, _) => _events.Add("due")), 20);

        using LaneThread thread = Start(portable);

        Next().ShouldBe("due");
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void What_a_socket_receives_is_read_on_the_lanes_thread(bool portable)
    {
        using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp);
        socket.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        using LaneThread thread = Start(portable, new Input(socket, text => _events.Add(text)));
        using var client = new UdpClient();

        foreach (string text in (string[])["one", "two", "three"])
        {
            client.Send(System.Text.Encoding.ASCII.GetBytes(text), (IPEndPoint)socket.LocalEndPoint!);
            Next().ShouldBe($"{text} on lane 0");
        }
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void An_exception_from_work_a_timer_or_a_reader_is_told_and_the_lane_goes_on(bool portable)
    {
        using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp);
        socket.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        _lane.Timers.Arm(new CallbackEntry((_, _) => throw new InvalidOperationException("timer")), 1);
        using LaneThread thread = Start(
            portable,
            new Input(socket, _ => throw new InvalidOperationException("reader"))
        );
        Next().ShouldBe("timer");

        _lane.Post(new RunWork(_ => throw new InvalidOperationException("work")));
        Next().ShouldBe("work");
        using var client = new UdpClient();
        client.Send("x"u8, (IPEndPoint)socket.LocalEndPoint!);
        Next().ShouldBe("reader");

        _lane.Post(new RunWork(_ => _events.Add("alive")));
        Next().ShouldBe("alive");
    }

    [Fact]
    public void A_disposed_thread_has_ended_and_posting_to_its_lane_does_no_harm()
    {
        LaneThread thread = Start(portable: false);

        thread.Dispose();

        _lane.Post(new RunWork(_ => _events.Add("never"))).ShouldBeTrue();
        _lane.QueueDepth.ShouldBe(1);
    }

    private sealed class Input(Socket socket, Action<string> received) : ILaneInput
    {
        private readonly byte[] _buffer = new byte[64];

        public Socket Socket => socket;

        public bool Read()
        {
            int length = socket.Receive(_buffer);
            received($"{System.Text.Encoding.ASCII.GetString(_buffer, 0, length)} on {Thread.CurrentThread.Name}");
            return false;
        }
    }
}
