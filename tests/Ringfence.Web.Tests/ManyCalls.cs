using System.Globalization;
using System.Net;
using System.Text;
using Ringfence.Diagnosis.Capture;
using Ringfence.Diagnosis.Export;

namespace Ringfence.Web.Tests;

/// <summary>A capture of many calls, one after the other: every third is refused with 607, the others get 200.</summary>
internal static class ManyCalls
{
    private const long Start = 1_790_000_000_000_000_000;
    private const long Second = 1_000_000_000;

    internal static byte[] Of(int count)
    {
        var caller = PacketAddress.Of(IPAddress.Parse("192.0.2.10"), 5060);
        var callee = PacketAddress.Of(IPAddress.Parse("192.0.2.1"), 5060);
        using MemoryStream file = new();
        using (MessageCapture capture = new(file))
        {
            for (int i = 0; i < count; i++)
            {
                long at = Start + (i * Second);
                string final = i % 3 == 0 ? "607 Unwanted" : "200 OK";
                capture.Add(at, caller, callee, Message(i, "INVITE sip:+33180001000@192.0.2.1 SIP/2.0", "", "INVITE"));
                capture.Add(at + 1_000_000, callee, caller, Message(i, $"SIP/2.0 {final}", ";tag=b", "INVITE"));
                capture.Add(
                    at + 2_000_000,
                    caller,
                    callee,
                    Message(i, "ACK sip:+33180001000@192.0.2.1 SIP/2.0", ";tag=b", "ACK")
                );
            }
        }

        return file.ToArray();
    }

    private static byte[] Message(int call, string startLine, string toTag, string method) =>
        Encoding.ASCII.GetBytes(
            string.Create(
                CultureInfo.InvariantCulture,
                $"{startLine}\r\nVia: SIP/2.0/UDP 192.0.2.10:5060;branch=z9hG4bK{call}{method}\r\nFrom: <sip:+339001{call:D5}@192.0.2.10>;tag=a{call}\r\nTo: <sip:+33180001000@192.0.2.1>{toTag}\r\nCall-ID: {call}@192.0.2.10\r\nCSeq: 1 {method}\r\nMax-Forwards: 70\r\nContact: <sip:192.0.2.1>\r\nContent-Length: 0\r\n\r\n"
            )
        );
}
