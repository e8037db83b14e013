# gnuplot quick-bars-groups-throughput.gp draws quick-bars-groups-throughput.svg and quick-bars-groups-throughput.png.
reset
set encoding utf8
set lmargin at screen 0.11688
set rmargin at screen 0.96104
set tmargin at screen 0.81764
set bmargin at screen 0.13627
set border 3 linecolor '#404040'
set tics nomirror out textcolor '#202020'
set grid xtics back linetype 1 linecolor '#dddddd' linewidth 0.6
set grid ytics back linetype 1 linecolor '#dddddd' linewidth 0.6
set errorbars small
set label 'Grouped convolution at constant channels' at screen 0.02273, screen 0.95992 left font ',14'
set label 'A little of everything · AMD EPYC · 1 thread' at screen 0.02273, screen 0.91984 left font ',11' textcolor '#505050'
set key at screen 0.02273, screen 0.89579 left top horizontal maxcols 4 Left reverse samplen 3 width 1 noenhanced
set style fill border linecolor '#303030'
unset grid
set grid ytics back linetype 1 linecolor '#dddddd' linewidth 0.6
set xrange [-0.25:10.25]
set xlabel 'groups' offset 0,-1.5
unset xtics
set label '1' at first 1.5, graph 0 center offset character 0,-1
set label '8' at first 5, graph 0 center offset character 0,-1
set label '32' at first 8.5, graph 0 center offset character 0,-1
unset logscale y
set yrange [0:287793589246.1231]
set ytics ('0' 0, '50' 50000000000, '100' 100000000000, '150' 150000000000, '200' 200000000000, '250' 250000000000)
set ylabel 'Throughput, median and its 95 % interval (GFLOP/s)'
$series1 << e
0.5 0.0625 0.9375 0 223023965494.66495 222635210990.26065 223463257532.2838
4 3.5625 4.4375 0 157862113462.77136 156329281947.26166 159291083706.5105
7.5 7.0625 7.9375 0 106382953035.45071 106201177343.84761 106612917624.23134
e
$series2 << e
1.5 1.0625 1.9375 0 187335111122.63446 186828761451.7568 187805648278.3745
5 4.5625 5.4375 0 68263320899.68663 67803416988.75666 69762146544.22263
8.5 8.0625 8.9375 0 36944368137.57479 35862236009.43045 37317473946.79995
e
$series3 << e
2.5 2.0625 2.9375 0 42282646353.43139 42173631262.23299 42360491598.3147
6 5.5625 6.4375 0 37740608675.454216 34376637607.49994 41481978624.88047
9.5 9.0625 9.9375 0 36901843216.76822 36536476584.89965 37808389923.301025
e
set label '223.0 GFLOP/s' at 0.5,223463257532.2838 left rotate by 90 offset character 0,0.5 font ',10' textcolor '#404040' front
set label '187.3 GFLOP/s' at 1.5,187805648278.3745 left rotate by 90 offset character 0,0.5 font ',10' textcolor '#404040' front
set label '42.28 GFLOP/s' at 2.5,42360491598.3147 left rotate by 90 offset character 0,0.5 font ',10' textcolor '#404040' front
set label '157.9 GFLOP/s' at 4,159291083706.5105 left rotate by 90 offset character 0,0.5 font ',10' textcolor '#404040' front
set label '68.26 GFLOP/s' at 5,69762146544.22263 left rotate by 90 offset character 0,0.5 font ',10' textcolor '#404040' front
set label '37.74 GFLOP/s' at 6,41481978624.88047 left rotate by 90 offset character 0,0.5 font ',10' textcolor '#404040' front
set label '106.4 GFLOP/s' at 7.5,106612917624.23134 left rotate by 90 offset character 0,0.5 font ',10' textcolor '#404040' front
set label '36.94 GFLOP/s' at 8.5,37317473946.79995 left rotate by 90 offset character 0,0.5 font ',10' textcolor '#404040' front
set label '36.90 GFLOP/s' at 9.5,37808389923.301025 left rotate by 90 offset character 0,0.5 font ',10' textcolor '#404040' front
set terminal svg noenhanced size 616,499 font 'sans-serif,12' background '#ffffff'
set output 'quick-bars-groups-throughput.svg'
plot $series1 using 1:5:2:3:4:5 with boxxyerror fillstyle solid 1.0 linecolor '#22406e' title 'native', \
    $series1 using 1:6:(0):($7-$6) with vectors heads size character 0.35,90 linewidth 1.2 linecolor '#000000' notitle, \
    $series2 using 1:5:2:3:4:5 with boxxyerror fillstyle solid 1.0 linecolor '#e8a33d' title 'openblas', \
    $series2 using 1:6:(0):($7-$6) with vectors heads size character 0.35,90 linewidth 1.2 linecolor '#000000' notitle, \
    $series3 using 1:5:2:3:4:5 with boxxyerror fillstyle pattern 4 linecolor '#1f8a70' title 'plain', \
    $series3 using 1:6:(0):($7-$6) with vectors heads size character 0.35,90 linewidth 1.2 linecolor '#000000' notitle
set terminal pngcairo noenhanced size 1232,998 font 'sans-serif,12' fontscale 1.5 linewidth 2 pointscale 2 background '#ffffff'
set output 'quick-bars-groups-throughput.png'
replot
unset output
