using Ringfence.Diagnosis.Capture;
using Ringfence.Media.Sdp;

namespace Ringfence.Diagnosis.Media;

/// <summary>A media line of a session description, and the address that it names for receiving.</summary>
/// <param name="Media">The line.</param>
/// <param name="Address">The address; null where the line is refused, or names none.</param>
internal readonly record struct NamedLine(MediaDescription Media, PacketAddress? Address);
