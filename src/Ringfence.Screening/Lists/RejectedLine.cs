namespace Ringfence.Screening.Lists;

/// <summary>A line of a list file that says nothing which can be understood.</summary>
/// <param name="Line">Its number, from 1.</param>
/// <param name="Text">The line, cut at 80 characters.</param>
/// <param name="Fault">What is wrong, in words.</param>
public readonly record struct RejectedLine(int Line, string Text, string Fault);
