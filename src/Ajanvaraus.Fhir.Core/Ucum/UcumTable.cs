using System.Collections.Frozen;
using System.Globalization;

namespace Ajanvaraus.Fhir.Core.Ucum;

/// <summary>The units that UCUM defines, each by others down to seven base units.</summary>
/// <remarks>
/// Lines are <c>code|kind|value|unit</c>: kind <c>m</c> takes prefixes, <c>n</c> does not, <c>a</c> is a dimension of its
/// own that takes prefixes, <c>o</c> one that does not. The value is how much of the unit one is.
/// </remarks>
internal static class UcumTable
{
    private static readonly string[] BaseUnits = ["m", "s", "g", "rad", "K", "C", "cd"];

    private static readonly string[] Sections = [Derived, Customary, Clinical, Arbitrary];

    private const string Derived = """
        10*|n|10|1
        10^|n|10|1
        [pi]|n|3.1415926535897932384626433833|1
        %|n|1e-2|1
        [ppth]|n|1e-3|1
        [ppm]|n|1e-6|1
        [ppb]|n|1e-9|1
        [pptr]|n|1e-12|1
        mol|m|6.0221367e23|1
        sr|m|1|rad2
        Hz|m|1|s-1
        N|m|1|kg.m/s2
        Pa|m|1|N/m2
        J|m|1|N.m
        W|m|1|J/s
        A|m|1|C/s
        V|m|1|J/C
        F|m|1|C/V
        Ohm|m|1|V/A
        S|m|1|Ohm-1
        Wb|m|1|V.s
        T|m|1|Wb/m2
        H|m|1|Wb/A
        lm|m|1|cd.sr
        lx|m|1|lm/m2
        Bq|m|1|s-1
        Gy|m|1|J/kg
        Sv|m|1|J/kg
        deg|n|2|[pi].rad/360
        gon|n|0.9|deg
        '|n|1|deg/60
        ''|n|1|'/60
        l|m|1|dm3
        L|m|1|l
        ar|m|100|m2
        min|n|60|s
        h|n|60|min
        d|n|24|h
        wk|n|7|d
        a_t|n|365.24219|d
        a_j|n|365.25|d
        a_g|n|365.2425|d
        a|n|1|a_j
        mo_s|n|29.53059|d
        mo_j|n|1|a_j/12
        mo_g|n|1|a_g/12
        mo|n|1|mo_j
        t|m|1e3|kg
        bar|m|1e5|Pa
        u|m|1.6605402e-24|g
        eV|m|1|[e].V
        AU|n|149597.870691|Mm
        pc|m|3.085678e16|m
        [c]|m|299792458|m/s
        [h]|m|6.6260755e-34|J.s
        [k]|m|1.380658e-23|J/K
        [eps_0]|m|8.854187817e-12|F/m
        [mu_0]|m|4e-7|[pi].N/A2
        [e]|m|1.60217733e-19|C
        [m_e]|m|9.1093897e-28|g
        [m_p]|m|1.6726231e-24|g
        [G]|m|6.67259e-11|m3.kg-1.s-2
        [g]|m|9.80665|m/s2
        atm|n|101325|Pa
        [ly]|m|1|[c].a_j
        gf|m|1|g.[g]
        [lbf_av]|n|1|[lb_av].[g]
        Ky|m|1|cm-1
        Gal|m|1|cm/s2
        dyn|m|1|g.cm/s2
        erg|m|1|dyn.cm
        P|m|1|dyn.s/cm2
        Bi|m|10|A
        St|m|1|cm2/s
        Mx|m|1e-8|Wb
        G|m|1e-4|T
        Oe|m|250|/[pi].A/m
        Gb|m|1|Oe.cm
        sb|m|1|cd/cm2
        Lmb|m|1|cd/cm2/[pi]
        ph|m|1e-4|lx
        Ci|m|3.7e10|Bq
        R|m|2.58e-4|C/kg
        RAD|m|100|erg/g
        REM|m|1|RAD
        st|m|1|m3
        Ao|n|0.1|nm
        b|m|100|fm2
        att|n|1|kgf/cm2
        mho|m|1|S
        [psi]|n|1|[lbf_av]/[in_i]2
        circ|n|2|[pi].rad
        sph|n|4|[pi].sr
        bit|m|1|1
        By|m|8|bit
        Bd|m|1|/s
        """;

    private const string Customary = """
        [in_i]|n|2.54|cm
        [ft_i]|n|12|[in_i]
        [yd_i]|n|3|[ft_i]
        [mi_i]|n|5280|[ft_i]
        [fth_i]|n|6|[ft_i]
        [nmi_i]|n|1852|m
        [kn_i]|n|1|[nmi_i]/h
        [sin_i]|n|1|[in_i]2
        [sft_i]|n|1|[ft_i]2
        [syd_i]|n|1|[yd_i]2
        [cin_i]|n|1|[in_i]3
        [cft_i]|n|1|[ft_i]3
        [cyd_i]|n|1|[yd_i]3
        [bf_i]|n|144|[in_i]3
        [cr_i]|n|128|[ft_i]3
        [mil_i]|n|1e-3|[in_i]
        [cml_i]|n|1|[pi]/4.[mil_i]2
        [hd_i]|n|4|[in_i]
        [ft_us]|n|1200|m/3937
        [yd_us]|n|3|[ft_us]
        [in_us]|n|1|[ft_us]/12
        [rd_us]|n|16.5|[ft_us]
        [ch_us]|n|4|[rd_us]
        [lk_us]|n|1|[ch_us]/100
        [rch_us]|n|100|[ft_us]
        [rlk_us]|n|1|[rch_us]/100
        [fth_us]|n|6|[ft_us]
        [fur_us]|n|40|[rd_us]
        [mi_us]|n|8|[fur_us]
        [acr_us]|n|160|[rd_us]2
        [srd_us]|n|1|[rd_us]2
        [smi_us]|n|1|[mi_us]2
        [sct]|n|1|[mi_us]2
        [twp]|n|36|[sct]
        [mil_us]|n|1e-3|[in_us]
        [in_br]|n|2.539998|cm
        [ft_br]|n|12|[in_br]
        [rd_br]|n|16.5|[ft_br]
        [ch_br]|n|4|[rd_br]
        [lk_br]|n|1|[ch_br]/100
        [fth_br]|n|6|[ft_br]
        [pc_br]|n|2.5|[ft_br]
        [yd_br]|n|3|[ft_br]
        [mi_br]|n|5280|[ft_br]
        [nmi_br]|n|6080|[ft_br]
        [kn_br]|n|1|[nmi_br]/h
        [acr_br]|n|4840|[yd_br]2
        [gal_us]|n|231|[in_i]3
        [bbl_us]|n|42|[gal_us]
        [qt_us]|n|1|[gal_us]/4
        [pt_us]|n|1|[qt_us]/2
        [gil_us]|n|1|[pt_us]/4
        [foz_us]|n|1|[gil_us]/4
        [fdr_us]|n|1|[foz_us]/8
        [min_us]|n|1|[fdr_us]/60
        [crd_us]|n|128|[ft_i]3
        [bu_us]|n|2150.42|[in_i]3
        [gal_wi]|n|1|[bu_us]/8
        [pk_us]|n|1|[bu_us]/4
        [dqt_us]|n|1|[pk_us]/8
        [dpt_us]|n|1|[dqt_us]/2
        [tbs_us]|n|1|[foz_us]/2
        [tsp_us]|n|1|[tbs_us]/3
        [cup_us]|n|16|[tbs_us]
        [foz_m]|n|30|mL
        [cup_m]|n|240|mL
        [tsp_m]|n|5|mL
        [tbs_m]|n|15|mL
        [gal_br]|n|4.54609|l
        [pk_br]|n|2|[gal_br]
        [bu_br]|n|4|[pk_br]
        [qt_br]|n|1|[gal_br]/4
        [pt_br]|n|1|[qt_br]/2
        [gil_br]|n|1|[pt_br]/4
        [foz_br]|n|1|[gil_br]/5
        [fdr_br]|n|1|[foz_br]/8
        [min_br]|n|1|[fdr_br]/60
        [gr]|n|64.79891|mg
        [lb_av]|n|7000|[gr]
        [oz_av]|n|1|[lb_av]/16
        [dr_av]|n|1|[oz_av]/16
        [scwt_av]|n|100|[lb_av]
        [lcwt_av]|n|112|[lb_av]
        [ston_av]|n|20|[scwt_av]
        [lton_av]|n|20|[lcwt_av]
        [stone_av]|n|14|[lb_av]
        [pwt_tr]|n|24|[gr]
        [oz_tr]|n|20|[pwt_tr]
        [lb_tr]|n|12|[oz_tr]
        [sc_ap]|n|20|[gr]
        [dr_ap]|n|3|[sc_ap]
        [oz_ap]|n|8|[dr_ap]
        [lb_ap]|n|12|[oz_ap]
        [oz_m]|n|28|g
        [lne]|n|1|[in_i]/12
        [pnt]|n|1|[lne]/6
        [pca]|n|12|[pnt]
        [pnt_pr]|n|0.013837|[in_i]
        [pca_pr]|n|12|[pnt_pr]
        [pied]|n|32.48|cm
        [pouce]|n|1|[pied]/12
        [ligne]|n|1|[pouce]/12
        [didot]|n|1|[ligne]/6
        [cicero]|n|12|[didot]
        [degR]|n|5|K/9
        cal_[15]|m|4.18580|J
        cal_[20]|m|4.18190|J
        cal_m|m|4.19002|J
        cal_IT|m|4.1868|J
        cal_th|m|4.184|J
        cal|m|1|cal_th
        [Cal]|n|1|kcal_th
        [Btu_39]|n|1.05967|kJ
        [Btu_59]|n|1.05480|kJ
        [Btu_60]|n|1.05468|kJ
        [Btu_m]|n|1.05587|kJ
        [Btu_IT]|n|1.05505585262|kJ
        [Btu_th]|n|1.054350|kJ
        [Btu]|n|1|[Btu_th]
        [HP]|n|550|[ft_i].[lbf_av]/s
        tex|m|1|g/km
        [den]|n|1|g/9/km
        [car_m]|n|0.2|g
        [car_Au]|n|1|/24
        [smoot]|n|67|[in_i]
        """;

    private const string Clinical = """
        m[H2O]|m|9.80665|kPa
        m[Hg]|m|133.3220|kPa
        [in_i'H2O]|n|1|m[H2O].[in_i]/m
        [in_i'Hg]|n|1|m[Hg].[in_i]/m
        [PRU]|n|1|mm[Hg].s/ml
        [wood'U]|n|1|mm[Hg].min/L
        [diop]|n|1|/m
        [mesh_i]|n|1|/[in_i]
        [Ch]|n|1|mm/3
        [drp]|n|1|ml/20
        [hnsf'U]|n|1|1
        [MET]|n|3.5|mL/min/kg
        eq|m|1|mol
        osm|m|1|mol
        g%|m|1|g/dl
        [S]|n|1e-13|s
        [HPF]|n|1|1
        [LPF]|n|100|1
        kat|m|1|mol/s
        U|m|1|umol/min
        """;

    private const string Arbitrary = """
        [iU]|a
        [IU]|m|1|[iU]
        Np|a
        B|a
        B[SPL]|a
        B[V]|a
        B[mV]|a
        B[uV]|a
        B[10.nV]|a
        B[W]|a
        B[kW]|a
        [pH]|o
        [p'diop]|o
        %[slope]|o
        [hp'_X]|o
        [hp'_C]|o
        [hp'_M]|o
        [hp'_Q]|o
        [hp_X]|o
        [hp_C]|o
        [hp_M]|o
        [hp_Q]|o
        [kp_X]|o
        [kp_C]|o
        [kp_M]|o
        [kp_Q]|o
        [m/s2/Hz^0.5]|o
        bit_s|o
        [arb'U]|o
        [USP'U]|o
        [GPL'U]|o
        [MPL'U]|o
        [APL'U]|o
        [beth'U]|o
        [anti'Xa'U]|o
        [todd'U]|o
        [dye'U]|o
        [smgy'U]|o
        [bdsk'U]|o
        [ka'U]|o
        [knk'U]|o
        [mclg'U]|o
        [tb'U]|o
        [CCID_50]|o
        [TCID_50]|o
        [EID_50]|o
        [PFU]|o
        [FFU]|o
        [CFU]|o
        [BAU]|o
        [AU]|o
        [Amb'a'1'U]|o
        [PNU]|o
        [Lf]|o
        [D'ag'U]|o
        [FEU]|o
        [ELU]|o
        [EU]|o
        [IR]|o
        """;

    public static FrozenDictionary<string, UcumAtom> Load()
    {
        var lines = Sections.SelectMany(section => section.Split('\n', StringSplitOptions.TrimEntries))
            .Select(line => line.Split('|')).ToDictionary(columns => columns[0]);
        var known = new Dictionary<string, UcumAtom>();
        foreach (var name in BaseUnits)
            known.Add(name, new UcumAtom(Own(name), IsMetric: true));
        AddTemperatures(known);
        foreach (var code in lines.Keys)
            Resolve(code, lines, known);
        return known.ToFrozenDictionary();
    }

    private static UcumUnit Own(string name) =>
        new(UcumFactor.One, ImmutableSortedDictionary<string, int>.Empty.Add(name, 1));

    /// <summary>Scales whose zero is not absolute zero.</summary>
    private static void AddTemperatures(Dictionary<string, UcumAtom> known)
    {
        var kelvin = known["K"].Unit.Dimensions;
        known.Add("Cel", new UcumAtom(new UcumUnit(UcumFactor.One, kelvin, 273.15m), IsMetric: true));
        known.Add("[degF]", new UcumAtom(
            new UcumUnit(UcumFactor.Of(5) / UcumFactor.Of(9), kelvin, 459.67m), IsMetric: false));
        known.Add("[degRe]", new UcumAtom(new UcumUnit(UcumFactor.Of(1.25m), kelvin, 218.52m), IsMetric: false));
    }

    private static UcumAtom? Resolve(
        string code, Dictionary<string, string[]> lines, Dictionary<string, UcumAtom> known)
    {
        if (known.TryGetValue(code, out var atom))
            return atom;
        if (!lines.TryGetValue(code, out var columns))
            return null;
        var unit = columns.Length == 2 ? Own(code) : Scaled(columns, part => Resolve(part, lines, known));
        return known[code] = new UcumAtom(unit, columns[1] is "m" or "a");
    }

    private static UcumUnit Scaled(string[] columns, Func<string, UcumAtom?> atoms)
    {
        var unit = UcumParser.Parse(columns[3], atoms)
            ?? throw new InvalidOperationException($"The unit {columns[0]} is defined by an unknown one.");
        var mark = columns[2].IndexOf('e');
        var value = decimal.Parse(mark < 0 ? columns[2] : columns[2][..mark], CultureInfo.InvariantCulture);
        var exponent = mark < 0 ? 0 : int.Parse(columns[2][(mark + 1)..], CultureInfo.InvariantCulture);
        return new UcumUnit(unit.Factor * UcumFactor.Of(value, exponent), unit.Dimensions);
    }
}
