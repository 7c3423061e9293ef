#nullable enable
using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text;
using Microsoft.Build.Framework;
using Microsoft.Build.Utilities;

/// <summary>
/// Copies a 64-bit ELF library and marks one of its symbol version needs as weak, so that the loader accepts a dependency without that
/// version. Allowed only if a single symbol requires the version and no relocation uses it: then the missing symbol can never be called. A
/// library that really uses the version, or does not need it at all, is copied unchanged. (Compiled by MSBuild at build time, see
/// E3Gen.targets.)
/// </summary>
public class MakeVersionNeedWeak : Task
{
    // Names and values as in the ELF-64 object file format and in the LSB's chapter on symbol versioning.
    private const uint SectionRela = 4, SectionDynamicSymbols = 11, SectionVersionNeeds = 0x6ffffffe, SectionSymbolVersions = 0x6fffffff;
    private const byte WeakFlag = 2;

    private byte[] _file = new byte[0];
    private List<Section> _sections = new List<Section>();

    [Required] public string Source { get; set; } = "";
    [Required] public string Destination { get; set; } = "";
    [Required] public string Version { get; set; } = "";
    [Required] public string UnusedSymbol { get; set; } = "";

    public override bool Execute()
    {
        try
        {
            _file = File.ReadAllBytes(Source);
            _sections = ReadSections();
            if (FindNeed() is long need)
            {
                string? user = FindUser(U16(need + 6));
                if (user == null) _file[need + 4] |= WeakFlag;
                else Log.LogMessage(
                    MessageImportance.High, "'{0}' stays as it is: its symbol '{1}' really needs {2}.", Source, user, Version);
            }
            Replace();
            return true;
        }
        catch (Exception error) when (error is InvalidDataException || error is IOException || error is UnauthorizedAccessException)
        {
            Log.LogError(
                "E3Gen could not prepare '{0}' for older versions of libstdc++: {1} Set the property E3GenMendLibTorchSharp to false "
                + "to use the library as it is (it then needs {2}, from GCC 13).", Source, error.Message, Version);
            return false;
        }
    }

    private struct Section
    {
        public uint Type;
        public long Offset, Size, EntrySize;
        public int Link;
    }

    private List<Section> ReadSections()
    {
        if (_file.Length < 64 || _file[0] != 0x7f || _file[1] != 'E' || _file[2] != 'L' || _file[3] != 'F')
            throw new InvalidDataException("It is not an ELF file.");
        if (_file[4] != 2 || _file[5] != 1) throw new InvalidDataException("It is not a 64-bit little-endian ELF file.");
        long table = I64(0x28);
        int entrySize = U16(0x3a), count = U16(0x3c);
        if (count == 0 || entrySize != 64) throw new InvalidDataException("It has no section headers.");
        return Enumerable.Range(0, count).Select(i => table + i * entrySize).Select(at => new Section
        {
            Type = U32(at + 4), Offset = I64(at + 24), Size = I64(at + 32), Link = (int)U32(at + 40), EntrySize = I64(at + 56),
        }).ToList();
    }

    /// <summary>
    /// Position of the vernaux entry of the wanted version: { hash:4, flags:2, index:2, name:4, next:4 }; null if there is none.
    /// </summary>
    private long? FindNeed()
    {
        foreach (Section needs in _sections.Where(s => s.Type == SectionVersionNeeds))
        {
            // verneed: { version:2, count:2, file:4, first vernaux:4, next:4 }, both lists linked by relative offsets that end in 0.
            for (long library = needs.Offset, step = -1; step != 0; library += step)
            {
                for (long need = library + U32(library + 8), next = -1; next != 0; need += next)
                {
                    if (Text(needs.Link, U32(need + 8)) == Version) return need;
                    next = U32(need + 12);
                }
                step = U32(library + 12);
            }
        }
        return null;
    }

    /// <summary>A symbol that cannot do without the version; null if there is none.</summary>
    private string? FindUser(int versionIndex)
    {
        int table = _sections.FindIndex(s => s.Type == SectionSymbolVersions);
        if (table < 0) throw new InvalidDataException("It needs a symbol version but has no table of symbol versions.");
        Section versions = _sections[table], symbols = Linked(versions.Link);
        if (symbols.Type != SectionDynamicSymbols)
            throw new InvalidDataException("Its table of symbol versions belongs to no dynamic symbols.");

        var wanted = new HashSet<long>();
        for (long i = 0; i < versions.Size / 2; i++)
        {
            if ((U16(versions.Offset + 2 * i) & 0x7fff) != versionIndex) continue;
            string name = Text(symbols.Link, U32(symbols.Offset + 24 * i));
            if (name != UnusedSymbol) return name;
            wanted.Add(i);
        }
        // Elf64_Rela: { offset:8, info:8, addend:8 }, the symbol's index being the upper half of info.
        foreach (Section relocations in _sections.Where(s => s.Type == SectionRela))
        {
            for (long at = relocations.Offset; at < relocations.Offset + relocations.Size; at += 24)
            {
                if (wanted.Contains(U32(at + 12))) return UnusedSymbol;
            }
        }
        return null;
    }

    /// <summary>Never edits in place: the old file may be a hard link into the NuGet cache, or loaded by a running program.</summary>
    private void Replace()
    {
        Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(Destination))!);
        string temporary = Destination + "." + Guid.NewGuid().ToString("N") + ".tmp";
        File.WriteAllBytes(temporary, _file);
        if (File.Exists(Destination)) File.Delete(Destination);
        File.Move(temporary, Destination);
    }

    private Section Linked(int index) =>
        index >= 0 && index < _sections.Count
            ? _sections[index]
            : throw new InvalidDataException("A section refers to section " + index + ", which does not exist.");

    private string Text(int stringTable, uint offset)
    {
        Section strings = Linked(stringTable);
        long start = strings.Offset + offset, end = start;
        while (Bytes(end, 1) >= 0 && _file[end] != 0) end++;
        return Encoding.ASCII.GetString(_file, (int)start, (int)(end - start));
    }

    private ushort U16(long at) => BitConverter.ToUInt16(_file, Bytes(at, 2));

    private uint U32(long at) => BitConverter.ToUInt32(_file, Bytes(at, 4));

    private long I64(long at) => BitConverter.ToInt64(_file, Bytes(at, 8));

    private int Bytes(long at, int count) =>
        at >= 0 && at <= _file.Length - count
            ? (int)at
            : throw new InvalidDataException("It ends before offset " + at + ", to which its tables refer.");
}
