using System.Globalization;
using Ringfence.Diagnosis.Calls;
using Ringfence.Diagnosis.Capture;
using Ringfence.Diagnosis.Media;
using Ringfence.Sip.Messages;

namespace Ringfence.Diagnosis.Ladder;

/// <summary>The columns of a ladder: hosts with their ports merged, in the order in which the call reaches them.</summary>
internal sealed class LadderHosts
{
    private readonly Dictionary<(AddressBits Host, ushort Port), int> _index = [];
    private readonly List<LadderHost> _columns = [];
    private readonly bool _byPort;
    private readonly int _caller;
    private readonly int _callee;
    private readonly int _signalling;

    public LadderHosts(IReadOnlyList<TraceMessage> messages, IReadOnlyList<RtpStream> streams)
    {
        // Everything on one host, as in a test: there the ports are the parties.
        _byPort = messages.All(m => m.Source.Bits == m.Destination.Bits);
        foreach (var message in messages)
        {
            Add(message.Source);
            Add(message.Destination);
        }

        // Whose answer is seen first is where the call ends up; without one, where the last request went.
        _signalling = _columns.Count;
        var requests = messages.Where(m => m.Request is not null && m.ToTag.Length == 0).ToList();
        _caller = requests.Count > 0 ? IndexOf(requests[0].Source) : -1;
        var answer = messages.FirstOrDefault(m => m.Answers(SipMethod.Invite, 200, 299));
        _callee =
            answer is not null ? IndexOf(answer.Source)
            : requests.Count > 0 ? IndexOf(requests[^1].Destination)
            : -1;
        _callee = _callee == _caller ? -1 : _callee;
        NamePorts(messages);
        LadderProducts.Name(_columns, messages, IndexOf);
        if (_byPort)
        {
            return;
        }

        foreach (var stream in streams)
        {
            Add(stream.Source);
            Add(stream.Destination);
        }
    }

    /// <summary>The columns; who sends the first request is the caller, who gets the last hop of it the callee.</summary>
    public IReadOnlyList<LadderHost> Columns =>
        [
            .. _columns.Select(
                (host, i) =>
                    i == _caller ? host with { Role = LadderRole.Caller }
                    : i == _callee ? host with { Role = LadderRole.Callee }
                    : i >= _signalling ? host with { Role = LadderRole.Media }
                    : host
            ),
        ];

    /// <summary>The column of an address; media of one host fall on its first column.</summary>
    public int IndexOf(PacketAddress address) =>
        _index.TryGetValue(Key(address), out var at) ? at
        : _byPort && _index.Count > 1 ? address.Port & 1
        : 0;

    // A host that speaks from several ports is one column, and names them all.
    private void NamePorts(IReadOnlyList<TraceMessage> messages)
    {
        const int Named = 3;
        if (_byPort)
        {
            return;
        }

        foreach (
            var ports in messages
                .SelectMany(m => new[] { m.Source, m.Destination })
                .Where(address => address.Port > 0)
                .DistinctBy(address => (address.Bits, address.Port))
                .ToLookup(IndexOf)
        )
        {
            var named = string.Join(
                ' ',
                ports.Take(Named).Select(one => ":" + one.Port.ToString(CultureInfo.InvariantCulture))
            );
            _columns[ports.Key] = _columns[ports.Key] with { Address = ports.Skip(Named).Any() ? named + " …" : named };
        }
    }

    private void Add(PacketAddress address)
    {
        if (!_index.TryAdd(Key(address), _columns.Count))
        {
            return;
        }

        var text =
            address.IsUnknown ? "?"
            : _byPort ? address.ToString()
            : address.Address.ToString();
        _columns.Add(
            new LadderHost(
                text,
                _byPort || address.Port == 0 ? "" : ":" + address.Port.ToString(CultureInfo.InvariantCulture)
            )
        );
    }

    private (AddressBits Host, ushort Port) Key(PacketAddress address) =>
        (address.Bits, _byPort ? address.Port : (ushort)0);
}
