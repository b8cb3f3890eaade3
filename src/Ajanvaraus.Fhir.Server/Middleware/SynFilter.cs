using System.Net.Sockets;
using System.Runtime.InteropServices;

namespace Ajanvaraus.Fhir.Server.Middleware;

/// <summary>Keeps new connections from a listening socket before it is closed, so that none is reset that the caller holds for made.</summary>
/// <remarks>
/// Linux makes connections before anybody takes them, and resets those that wait when the socket is closed. A filter of packets in the socket (socket(7),
/// SO_ATTACH_FILTER) drops each that asks for a connection: the caller's system asks again a second later, and is refused or meets another server.
/// </remarks>
internal static class SynFilter
{
    private const int SocketLevel = 1;
    private const int AttachFilter = 26;
    private const byte TcpFlags = 13;
    private const byte Syn = 0x02;
    private const byte SynAndAck = 0x12;

    /// <summary>Instructions of the classic packet filter (bpf(4)) over a TCP header: operation, jumps if true and if false, operand.</summary>
    private static readonly Instruction[] NoSyn =
    [
        new(0x30, 0, 0, TcpFlags), // A = the byte at 13
        new(0x54, 0, 0, SynAndAck), // A &= 0x12
        new(0x15, 0, 1, Syn), // if A == SYN go on, else leave one out
        new(0x06, 0, 0, 0), // drop
        new(0x06, 0, 0, uint.MaxValue), // pass
    ];

    /// <summary>False where the system has no such filters: connections that come now may be reset when the socket closes.</summary>
    public static bool TryAttach(Socket listening)
    {
        if (!OperatingSystem.IsLinux())
            return false;
        var instructions = GCHandle.Alloc(NoSyn, GCHandleType.Pinned);
        try
        {
            var program = new FilterProgram((ushort)NoSyn.Length, instructions.AddrOfPinnedObject());
            listening.SetRawSocketOption(SocketLevel, AttachFilter, MemoryMarshal.AsBytes(new ReadOnlySpan<FilterProgram>(in program)));
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
        finally
        {
            instructions.Free();
        }
    }

    /// <summary>struct sock_filter.</summary>
    [StructLayout(LayoutKind.Sequential)]
    private readonly record struct Instruction(ushort Operation, byte IfTrue, byte IfFalse, uint Operand);

    /// <summary>struct sock_fprog.</summary>
    [StructLayout(LayoutKind.Sequential)]
    private readonly record struct FilterProgram(ushort Length, nint Instructions);
}
