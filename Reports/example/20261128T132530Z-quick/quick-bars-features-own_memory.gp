# gnuplot quick-bars-features-own_memory.gp draws quick-bars-features-own_memory.svg and quick-bars-features-own_memory.png, of figures in quick.csv.
reset
set encoding utf8
set lmargin at screen 0.10526
set rmargin at screen 0.96053
set tmargin at screen 0.81764
set bmargin at screen 0.13627
set border 3 linecolor '#404040'
set tics nomirror out textcolor '#202020'
set grid xtics back linetype 1 linecolor '#dddddd' linewidth 0.6
set grid ytics back linetype 1 linecolor '#dddddd' linewidth 0.6
set errorbars small
set label 'Memory of message passing' at screen 0.02303, screen 0.95992 left font ',14'
set label 'A little of everything · Intel(R) Xeon(R) Processor · 1 thread' at screen 0.02303, screen 0.91984 left font ',11' textcolor '#505050'
set key at screen 0.02303, screen 0.89579 left top horizontal maxcols 3 Left reverse samplen 3 width 1 noenhanced
set style fill border linecolor '#303030'
unset grid
set grid ytics back linetype 1 linecolor '#dddddd' linewidth 0.6
set xrange [-0.25:6.75]
set xlabel 'features' offset 0,-1.5
unset xtics
set label '16' at first 1.5, graph 0 center offset character 0,-1
set label '256' at first 5, graph 0 center offset character 0,-1
unset logscale y
set yrange [0:24837285.16129032]
set ytics ('0' 0, '5' 5242880, '10' 10485760, '15' 15728640, '20' 20971520)
set ylabel 'Own memory (MiB)'
$series1 << e
0.5 0.0625 0.9375 0 2301952 2301952 2301952
4 3.5625 4.4375 0 7528448 7528448 7528448
e
$series2 << e
1.5 1.0625 1.9375 0 2093056 2093056 2093056
5 4.5625 5.4375 0 7294976 7294976 7294976
e
$series3 << e
2.5 2.0625 2.9375 0 2772992 2772992 2772992
6 5.5625 6.4375 0 18116608 18116608 18116608
e
set label '2.2 MiB' at 0.5,2301952 left rotate by 90 offset character 0,0.5 font ',10' textcolor '#404040' front
set label '2 MiB' at 1.5,2093056 left rotate by 90 offset character 0,0.5 font ',10' textcolor '#404040' front
set label '2.64 MiB' at 2.5,2772992 left rotate by 90 offset character 0,0.5 font ',10' textcolor '#404040' front
set label '7.18 MiB' at 4,7528448 left rotate by 90 offset character 0,0.5 font ',10' textcolor '#404040' front
set label '6.96 MiB' at 5,7294976 left rotate by 90 offset character 0,0.5 font ',10' textcolor '#404040' front
set label '17.3 MiB' at 6,18116608 left rotate by 90 offset character 0,0.5 font ',10' textcolor '#404040' front
set terminal svg noenhanced size 608,499 font 'sans-serif,12' background '#ffffff'
set output 'quick-bars-features-own_memory.svg'
plot $series1 using 1:5:2:3:4:5 with boxxyerror fillstyle solid 1.0 linecolor '#22406e' title 'native', \
    $series2 using 1:5:2:3:4:5 with boxxyerror fillstyle pattern 5 linecolor '#7c2238' title 'fused', \
    $series3 using 1:5:2:3:4:5 with boxxyerror fillstyle pattern 7 linecolor '#2674ab' title 'gather-scatter'
set terminal pngcairo noenhanced size 1216,998 font 'sans-serif,12' fontscale 1.5 linewidth 2 pointscale 2 background '#ffffff'
set output 'quick-bars-features-own_memory.png'
replot
unset output
