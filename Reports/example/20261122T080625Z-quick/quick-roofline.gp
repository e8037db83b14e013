# gnuplot quick-roofline.gp draws quick-roofline.svg and quick-roofline.png, of figures in quick.csv.
reset
set encoding utf8
set lmargin at screen 0.13889
set rmargin at screen 0.78704
set tmargin at screen 0.72404
set bmargin at screen 0.10089
set border 3 linecolor '#404040'
set tics nomirror out textcolor '#202020'
set grid xtics back linetype 1 linecolor '#dddddd' linewidth 0.6
set grid ytics back linetype 1 linecolor '#dddddd' linewidth 0.6
set errorbars small
set label 'Roofline' at screen 0.01620, screen 0.97033 left font ',14'
set label 'A little of everything · AMD EPYC · 1 thread' at screen 0.01620, screen 0.94065 left font ',11' textcolor '#505050'
set key at screen 0.01620, screen 0.92285 left top horizontal maxcols 3 Left reverse samplen 3 width 1 noenhanced
set logscale x
set xrange [0.06303290953760718:359.4484857045715]
set xtics ('' 0.07 1, '' 0.08 1, '' 0.09 1, '0.1' 0.1, '' 0.2 1, '' 0.30000000000000004 1, '' 0.4 1, '' 0.5 1, '' 0.6000000000000001 1, '' 0.7000000000000001 1, '' 0.8 1, '' 0.9 1, '1' 1, '' 2 1, '' 3 1, '' 4 1, '' 5 1, '' 6 1, '' 7 1, '' 8 1, '' 9 1, '10' 10, '' 20 1, '' 30 1, '' 40 1, '' 50 1, '' 60 1, '' 70 1, '' 80 1, '' 90 1, '100' 100, '' 200 1, '' 300 1)
set xlabel 'Operations a byte of least traffic (2 a MAC, 1 any other operation on an element)'
set logscale y
set yrange [474956175.5796373:724997733986.7858]
set ytics ('' 500000000 1, '' 600000000 1, '' 700000000 1, '' 800000000 1, '' 900000000 1, '1 Gop/s' 1000000000, '' 2000000000 1, '' 3000000000 1, '' 4000000000 1, '' 5000000000 1, '' 6000000000 1, '' 7000000000 1, '' 8000000000 1, '' 9000000000 1, '10 Gop/s' 10000000000, '' 20000000000 1, '' 30000000000 1, '' 40000000000 1, '' 50000000000 1, '' 60000000000 1, '' 70000000000 1, '' 80000000000 1, '' 90000000000 1, '100 Gop/s' 100000000000, '' 200000000000 1, '' 300000000000 1, '' 400000000000 1, '' 500000000000 1, '' 600000000000 1, '' 700000000000 1)
set ylabel 'Operations a second, at the median latency'
$level1 << e
0.06303290953760718 26726329641.983326
0.5563656557032057 235902356798.72043
e
set label 'L1 424 GB/s' at 0.08531586136290328,36174434136.096535 left rotate by 41.5 offset character -0.76,0.37 font ',10' textcolor '#404040'
$level2 << e
0.06303290953760718 13164558893.39399
1.1295184317389992 235902356798.7204
e
set label 'L2 209 GB/s' at 0.08531586136290328,17818401366.70952 left rotate by 41.5 offset character -0.76,0.37 font ',10' textcolor '#404040'
$level3 << e
0.06303290953760718 5493724513.555338
2.706654088517265 235902356798.72046
e
set label 'L3 87.2 GB/s' at 0.08531586136290328,7435827449.545701 left rotate by 41.5 offset character -0.76,0.37 font ',10' textcolor '#404040'
$level4 << e
0.06303290953760718 2179296574.2224636
6.823124530954354 235902356798.72043
e
set label 'memory 34.6 GB/s' at 0.08531586136290328,2949706205.2019606 left rotate by 41.5 offset character -0.76,0.37 font ',10' textcolor '#404040'
$limit1 << e
0.5563656557032057 235902356798.72043
359.4484857045715 235902356798.72043
e
set label '236 GFLOP/s, avx512 512 bit' at graph 1, graph 0.8468 left offset character 0.8,0 font ',10' textcolor '#202020'
$limit2 << e
0.27825064361427543 117979932687.26166
359.4484857045715 117979932687.26166
e
set label '118 GFLOP/s, avx2 256 bit' at graph 1, graph 0.7523 left offset character 0.8,0 font ',10' textcolor '#202020'
$limit3 << e
0.12560274267811175 53256312129.294975
359.4484857045715 53256312129.294975
e
set label '53.3 GFLOP/s, baseline 128 bit' at graph 1, graph 0.6438 left offset character 0.8,0 font ',10' textcolor '#202020'
$series1 << e
0.4987012987012987 44414457831.3253
65.10154905335628 225982031566.7972
e
$series2 << e
0.4987012987012987 42007264439.85471
65.10154905335628 192304813730.32135
e
$series3 << e
233.25619834710744 201425468610.98618
60.827586206896555 215029200542.38348
17.209756097560977 153950184305.28625
25.188755020080322 212391330767.67267
2.23715916296766 115092345595.10663
11.878787878787879 215681384876.30856
e
$series4 << e
233.25619834710744 403312795217.5171
e
$series5 << e
233.25619834710744 165888866208.60464
60.827586206896555 120780085189.78601
17.209756097560977 38137118185.12908
25.188755020080322 203627970387.27985
2.23715916296766 737351427.784569
11.878787878787879 1320042164.7683175
e
$series6 << e
233.25619834710744 37668454529.72554
60.827586206896555 39279461421.31876
17.209756097560977 37513500323.197815
25.188755020080322 41934327929.42201
2.23715916296766 11499465240.64171
11.878787878787879 19687752240.357033
e
$series7 << e
49.4423828125 166602458106.46875
e
$series8 << e
49.4423828125 87758101461.47461
e
$series9 << e
0.4225738333283294 17212769752.095592
0.4225738333283294 13619546810.74107
0.48264239395153885 23133467448.529728
0.48264239395153885 21496758386.432156
e
$series10 << e
0.4225738333283294 4973966309.341501
0.4225738333283294 3778687607.669419
0.48264239395153885 6981120767.156128
0.48264239395153885 5321575597.052032
e
$series11 << e
0.4225738333283294 2464807436.918991
0.4225738333283294 2534453781.512605
0.48264239395153885 3056567749.6414466
0.48264239395153885 2934345929.617029
e
$series12 << e
0.8712285616582491 47412543616.35502
e
$series13 << e
0.625 16977803712.09911
e
$series14 << e
0.625 3527255941.4735136
e
$series15 << e
3.8459778027927918 79712676455.21416
e
$series16 << e
3.8459778027927918 3168621747.5896516
e
set terminal svg noenhanced size 864,674 font 'sans-serif,12' background '#ffffff'
set output 'quick-roofline.svg'
plot $level1 using 1:2 with lines linewidth 1.4 linecolor '#707070' notitle, \
    $level2 using 1:2 with lines linewidth 1.4 linecolor '#707070' notitle, \
    $level3 using 1:2 with lines linewidth 1.4 linecolor '#707070' notitle, \
    $level4 using 1:2 with lines linewidth 1.4 linecolor '#707070' notitle, \
    $limit1 using 1:2 with lines linewidth 2 dashtype 1 linecolor '#404040' notitle, \
    $limit2 using 1:2 with lines linewidth 1.2 dashtype 2 linecolor '#404040' notitle, \
    $limit3 using 1:2 with lines linewidth 1.2 dashtype 2 linecolor '#404040' notitle, \
    $series1 using 1:2 with points pointtype 7 pointsize 1.1 linewidth 1.4 linecolor '#22406e' title 'matmul, native', \
    $series2 using 1:2 with points pointtype 7 pointsize 1.1 linewidth 1.4 linecolor '#e8a33d' title 'matmul, openblas', \
    $series3 using 1:2 with points pointtype 5 pointsize 1.1 linewidth 1.4 linecolor '#22406e' title 'conv2d, native', \
    $series4 using 1:2 with points pointtype 5 pointsize 1.1 linewidth 1.4 linecolor '#8a63b0' title 'conv2d, winograd', \
    $series5 using 1:2 with points pointtype 5 pointsize 1.1 linewidth 1.4 linecolor '#e8a33d' title 'conv2d, openblas', \
    $series6 using 1:2 with points pointtype 5 pointsize 1.1 linewidth 1.4 linecolor '#1f8a70' title 'conv2d, plain', \
    $series7 using 1:2 with points pointtype 9 pointsize 1.1 linewidth 1.4 linecolor '#22406e' title 'attention, native', \
    $series8 using 1:2 with points pointtype 9 pointsize 1.1 linewidth 1.4 linecolor '#e8a33d' title 'attention, openblas', \
    $series9 using 1:2 with points pointtype 13 pointsize 1.1 linewidth 1.4 linecolor '#22406e' title 'spmm, native', \
    $series10 using 1:2 with points pointtype 13 pointsize 1.1 linewidth 1.4 linecolor '#7c2238' title 'spmm, fused', \
    $series11 using 1:2 with points pointtype 13 pointsize 1.1 linewidth 1.4 linecolor '#5aa0d0' title 'spmm, gather-scatter', \
    $series12 using 1:2 with points pointtype 11 pointsize 1.1 linewidth 1.4 linecolor '#22406e' title 'layer_norm, native', \
    $series13 using 1:2 with points pointtype 15 pointsize 1.1 linewidth 1.4 linecolor '#22406e' title 'softmax, native', \
    $series14 using 1:2 with points pointtype 15 pointsize 1.1 linewidth 1.4 linecolor '#1f8a70' title 'softmax, plain', \
    $series15 using 1:2 with points pointtype 6 pointsize 1.1 linewidth 1.4 linecolor '#22406e' title 'mobilenet_v2, native', \
    $series16 using 1:2 with points pointtype 6 pointsize 1.1 linewidth 1.4 linecolor '#e8a33d' title 'mobilenet_v2, openblas'
set terminal pngcairo noenhanced size 1728,1348 font 'sans-serif,12' fontscale 1.5 linewidth 2 pointscale 2 background '#ffffff'
set output 'quick-roofline.png'
replot
unset output
