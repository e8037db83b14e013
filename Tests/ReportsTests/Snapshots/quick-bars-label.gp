# gnuplot quick-bars-label.gp draws quick-bars-label.svg and quick-bars-label.png, of figures in quick.csv.
reset
set encoding utf8
set lmargin at screen 0.11688
set rmargin at screen 0.96104
set tmargin at screen 0.86441
set bmargin at screen 0.14407
set border 3 linecolor '#404040'
set tics nomirror out textcolor '#202020'
set grid xtics back linetype 1 linecolor '#dddddd' linewidth 0.6
set grid ytics back linetype 1 linecolor '#dddddd' linewidth 0.6
set errorbars small
set label 'Latency by label' at screen 0.02273, screen 0.95763 left font ',14'
set label 'A suite for tests · Example CPU 9000 · 1 thread · openblas' at screen 0.02273, screen 0.91525 left font ',11' textcolor '#505050'
unset key
set style fill border linecolor '#303030'
unset grid
set grid ytics back linetype 1 linecolor '#dddddd' linewidth 0.6
set xrange [-0.25:2.75]
set xlabel '' offset 0,-1.5
unset xtics
set label 'a_1' at first 0.5, graph 0 center offset character 0,-1
set label 'it’s b' at first 2, graph 0 center offset character 0,-1
unset logscale y
set yrange [0:0.00277210935746442]
set ytics ('0.0' 0, '0.5' 0.0005, '1.0' 0.001, '1.5' 0.0015, '2.0' 0.002, '2.5' 0.0025)
set ylabel 'Latency, median and its 95 % interval (ms)'
$series1 << e
0.5 0.0625 0.9375 0 0.0010100182151478886 0.00100759240521338 0.0010113918738329565
2 1.5625 2.4375 0 0.0020181162650488764 0.0020150938571775723 0.0020220091783858126
e
$intervals1 << e
0.5 0.0625 0.9375 0 0.0010100182151478886 0.00100759240521338 0.0010113918738329565
2 1.5625 2.4375 0 0.0020181162650488764 0.0020150938571775723 0.0020220091783858126
e
set label '1.010 ms' at 0.5,0.0010113918738329565 left rotate by 90 offset character 0,0.5 font ',10' textcolor '#404040' front
set label '2.018 ms' at 2,0.0020220091783858126 left rotate by 90 offset character 0,0.5 font ',10' textcolor '#404040' front
set terminal svg noenhanced size 616,472 font 'sans-serif,12' background '#ffffff'
set output 'quick-bars-label.svg'
plot $series1 using 1:5:2:3:4:5 with boxxyerror fillstyle solid 1.0 linecolor '#e8a33d' notitle, \
    $intervals1 using 1:6:(0):($7-$6) with vectors heads size character 0.35,90 linewidth 1.2 dashtype 1 linecolor '#000000' notitle
set terminal pngcairo noenhanced size 1232,944 font 'sans-serif,12' fontscale 1.5 linewidth 2 pointscale 2 background '#ffffff'
set output 'quick-bars-label.png'
replot
unset output
