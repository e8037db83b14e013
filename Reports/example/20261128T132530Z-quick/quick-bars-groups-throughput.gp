# gnuplot quick-bars-groups-throughput.gp draws quick-bars-groups-throughput.svg and quick-bars-groups-throughput.png, of figures in quick.csv.
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
set label 'A little of everything · Intel(R) Xeon(R) Processor · 1 thread' at screen 0.02273, screen 0.91984 left font ',11' textcolor '#505050'
set key at screen 0.02273, screen 0.89579 left top horizontal maxcols 4 Left reverse samplen 3 width 1 noenhanced
set style fill border linecolor '#303030'
unset grid
set grid ytics back linetype 1 linecolor '#dddddd' linewidth 0.6
set xrange [-0.25:11.25]
set xlabel 'groups' offset 0,-1.5
unset xtics
set label '1' at first 2, graph 0 center offset character 0,-1
set label '8' at first 6, graph 0 center offset character 0,-1
set label '32' at first 9.5, graph 0 center offset character 0,-1
unset logscale y
set yrange [0:696451275538.0479]
set ytics ('0' 0, '100' 100000000000, '200' 200000000000, '300' 300000000000, '400' 400000000000, '500' 500000000000, '600' 600000000000)
set ylabel 'Throughput, median and its 95 % interval (GFLOP/s)'
$series1 << e
0.5 0.0625 0.9375 0 148538827209.45 140613768120.56937 156587932602.6696
5 4.5625 5.4375 0 168083048846.4469 167408098632.85068 168856394182.03488
8.5 8.0625 8.9375 0 113358733894.21661 113170083796.69513 113561398821.21808
e
$intervals1 << e
0.5 0.0625 0.9375 0 148538827209.45 140613768120.56937 156587932602.6696
5 4.5625 5.4375 0 168083048846.4469 167408098632.85068 168856394182.03488
8.5 8.0625 8.9375 0 113358733894.21661 113170083796.69513 113561398821.21808
e
$series2 << e
1.5 1.0625 1.9375 0 506638234629.496 505708930466.6922 507999753921.87024
e
$intervals2 << e
1.5 1.0625 1.9375 0 506638234629.496 505708930466.6922 507999753921.87024
e
$series3 << e
2.5 2.0625 2.9375 0 146766883616.76816 146201677255.56094 147164884769.55743
6 5.5625 6.4375 0 84698261423.83014 84328058460.77983 85012860892.19545
9.5 9.0625 9.9375 0 25018666585.87205 24908430111.04839 25096474417.142593
e
$intervals3 << e
2.5 2.0625 2.9375 0 146766883616.76816 146201677255.56094 147164884769.55743
6 5.5625 6.4375 0 84698261423.83014 84328058460.77983 85012860892.19545
9.5 9.0625 9.9375 0 25018666585.87205 24908430111.04839 25096474417.142593
e
$series4 << e
3.5 3.0625 3.9375 0 31579986508.120464 31402194782.601254 31964036088.609432
7 6.5625 7.4375 0 29830010322.601624 29771645866.135956 29888774067.914093
10.5 10.0625 10.9375 0 22293572313.16427 22243154591.0302 22316355179.15551
e
$intervals4 << e
3.5 3.0625 3.9375 0 31579986508.120464 31402194782.601254 31964036088.609432
7 6.5625 7.4375 0 29830010322.601624 29771645866.135956 29888774067.914093
10.5 10.0625 10.9375 0 22293572313.16427 22243154591.0302 22316355179.15551
e
set label '148.5 GFLOP/s' at 0.5,156587932602.6696 left rotate by 90 offset character 0,0.5 font ',10' textcolor '#404040' front
set label '506.6 GFLOP/s' at 1.5,507999753921.87024 left rotate by 90 offset character 0,0.5 font ',10' textcolor '#404040' front
set label '146.8 GFLOP/s' at 2.5,147164884769.55743 left rotate by 90 offset character 0,0.5 font ',10' textcolor '#404040' front
set label '31.58 GFLOP/s' at 3.5,31964036088.609432 left rotate by 90 offset character 0,0.5 font ',10' textcolor '#404040' front
set label '168.1 GFLOP/s' at 5,168856394182.03488 left rotate by 90 offset character 0,0.5 font ',10' textcolor '#404040' front
set label '84.70 GFLOP/s' at 6,85012860892.19545 left rotate by 90 offset character 0,0.5 font ',10' textcolor '#404040' front
set label '29.83 GFLOP/s' at 7,29888774067.914093 left rotate by 90 offset character 0,0.5 font ',10' textcolor '#404040' front
set label '113.4 GFLOP/s' at 8.5,113561398821.21808 left rotate by 90 offset character 0,0.5 font ',10' textcolor '#404040' front
set label '25.02 GFLOP/s' at 9.5,25096474417.142593 left rotate by 90 offset character 0,0.5 font ',10' textcolor '#404040' front
set label '22.29 GFLOP/s' at 10.5,22316355179.15551 left rotate by 90 offset character 0,0.5 font ',10' textcolor '#404040' front
set terminal svg noenhanced size 616,499 font 'sans-serif,12' background '#ffffff'
set output 'quick-bars-groups-throughput.svg'
plot $series1 using 1:5:2:3:4:5 with boxxyerror fillstyle solid 1.0 linecolor '#22406e' title 'native', \
    $intervals1 using 1:6:(0):($7-$6) with vectors heads size character 0.35,90 linewidth 1.2 dashtype 1 linecolor '#000000' notitle, \
    $series2 using 1:5:2:3:4:5 with boxxyerror fillstyle pattern 2 linecolor '#8a63b0' title 'winograd', \
    $intervals2 using 1:6:(0):($7-$6) with vectors heads size character 0.35,90 linewidth 1.2 dashtype 1 linecolor '#000000' notitle, \
    $series3 using 1:5:2:3:4:5 with boxxyerror fillstyle solid 1.0 linecolor '#e8a33d' title 'openblas', \
    $intervals3 using 1:6:(0):($7-$6) with vectors heads size character 0.35,90 linewidth 1.2 dashtype 1 linecolor '#000000' notitle, \
    $series4 using 1:5:2:3:4:5 with boxxyerror fillstyle pattern 4 linecolor '#1f8a70' title 'plain', \
    $intervals4 using 1:6:(0):($7-$6) with vectors heads size character 0.35,90 linewidth 1.2 dashtype 1 linecolor '#000000' notitle
set terminal pngcairo noenhanced size 1232,998 font 'sans-serif,12' fontscale 1.5 linewidth 2 pointscale 2 background '#ffffff'
set output 'quick-bars-groups-throughput.png'
replot
unset output
