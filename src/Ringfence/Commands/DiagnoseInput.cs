using Ringfence.Diagnosis.Capture;

namespace Ringfence.Commands;

/// <summary>A capture or log to be read.</summary>
/// <param name="File">Where it lies.</param>
/// <param name="Name">What it is called in reports.</param>
internal sealed record DiagnoseInput(FileInfo File, string Name)
{
    internal CaptureInput Capture => CaptureInput.File(File.FullName) with { Name = Name };
}
