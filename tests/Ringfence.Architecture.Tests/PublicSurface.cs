using System.Reflection;
using System.Text;

namespace Ringfence.Architecture.Tests;

/// <summary>Writes an assembly's public types and members as sorted text, one a line.</summary>
internal static class PublicSurface
{
    private const BindingFlags Declared =
        BindingFlags.Public
        | BindingFlags.NonPublic
        | BindingFlags.Instance
        | BindingFlags.Static
        | BindingFlags.DeclaredOnly;

    internal static string Describe(Assembly assembly)
    {
        StringBuilder text = new();
        foreach (Type type in assembly.GetExportedTypes().OrderBy(type => type.FullName, StringComparer.Ordinal))
        {
            text.Append(Kind(type)).Append(' ').Append(type.FullName).Append('\n');
            foreach (
                string member in type.GetMembers(Declared)
                    .Select(Member)
                    .OfType<string>()
                    .Distinct()
                    .Order(StringComparer.Ordinal)
            )
            {
                text.Append("  ").Append(type.FullName).Append(": ").Append(member).Append('\n');
            }
        }

        return text.ToString();
    }

    private static string Kind(Type type) =>
        type switch
        {
            { IsEnum: true } => "enum",
            { IsInterface: true } => "interface",
            { IsValueType: true } => "struct",
            { IsAbstract: true, IsSealed: true } => "static class",
            { IsAbstract: true } => "abstract class",
            { IsSealed: true } => "sealed class",
            _ => "class",
        };

    private static string? Member(MemberInfo member) =>
        member switch
        {
            FieldInfo { IsSpecialName: false } field when field.IsPublic || field.IsFamily =>
                $"{Name(field.FieldType)} {field.Name}",
            ConstructorInfo constructor when constructor.IsPublic || constructor.IsFamily =>
                $"new({Parameters(constructor)})",
            MethodInfo method when IsVisible(method) =>
                $"{Name(method.ReturnType)} {method.Name}({Parameters(method)})",
            _ => null,
        };

    /// <summary>Accessors stand for their properties; what the compiler adds to records is left out.</summary>
    private static bool IsVisible(MethodInfo method) =>
        (method.IsPublic || method.IsFamily || method.IsFamilyOrAssembly)
        && !method.Name.StartsWith('<')
        && method.Name
            is not (
                "ToString"
                or "GetHashCode"
                or "Equals"
                or "op_Equality"
                or "op_Inequality"
                or "Deconstruct"
                or "PrintMembers"
            );

    private static string Parameters(MethodBase method) =>
        string.Join(
            ", ",
            method.GetParameters().Select(parameter => $"{Name(parameter.ParameterType)} {parameter.Name}")
        );

    private static string Name(Type type)
    {
        if (type.IsByRef)
        {
            return "ref " + Name(type.GetElementType()!);
        }

        return type.IsGenericType
            ? $"{type.Name.Split('`')[0]}<{string.Join(", ", type.GetGenericArguments().Select(Name))}>"
            : type.Name;
    }
}
