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
set label 'A little of everything · AMD EPYC · 1 thread' at screen 0.02273, screen 0.91984 left font ',11' textcolor '#505050'
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
set yrange [0:556767366305.3843]
set ytics ('0' 0, '100' 100000000000, '200' 200000000000, '300' 300000000000, '400' 400000000000, '500' 500000000000)
set ylabel 'Throughput, median and its 95 % interval (GFLOP/s)'
$series1 << e
0.5 0.0625 0.9375 0 201425468610.98618 200933320384.5274 201690348089.01605
5 4.5625 5.4375 0 215029200542.38348 212617207931.9363 217038807920.4129
8.5 8.0625 8.9375 0 153950184305.28625 153631026674.1795 154172739929.9054
e
$intervals1 << e
0.5 0.0625 0.9375 0 201425468610.98618 200933320384.5274 201690348089.01605
5 4.5625 5.4375 0 215029200542.38348 212617207931.9363 217038807920.4129
8.5 8.0625 8.9375 0 153950184305.28625 153631026674.1795 154172739929.9054
e
$series2 << e
1.5 1.0625 1.9375 0 403312795217.5171 400349957079.57574 406112667187.4568
e
$intervals2 << e
1.5 1.0625 1.9375 0 403312795217.5171 400349957079.57574 406112667187.4568
e
$series3 << e
2.5 2.0625 2.9375 0 165888866208.60464 165405444384.3519 166470833711.33087
6 5.5625 6.4375 0 120780085189.78601 119871987789.40033 121644291566.22195
9.5 9.0625 9.9375 0 38137118185.12908 38009521655.18983 38300107473.731224
e
$intervals3 << e
2.5 2.0625 2.9375 0 165888866208.60464 165405444384.3519 166470833711.33087
6 5.5625 6.4375 0 120780085189.78601 119871987789.40033 121644291566.22195
9.5 9.0625 9.9375 0 38137118185.12908 38009521655.18983 38300107473.731224
e
$series4 << e
3.5 3.0625 3.9375 0 37668454529.72554 36597606825.16037 39325325205.125725
7 6.5625 7.4375 0 39279461421.31876 38812769867.683624 39710724579.733864
10.5 10.0625 10.9375 0 37513500323.197815 37443854382.73053 37581402122.66298
e
$intervals4 << e
3.5 3.0625 3.9375 0 37668454529.72554 36597606825.16037 39325325205.125725
7 6.5625 7.4375 0 39279461421.31876 38812769867.683624 39710724579.733864
10.5 10.0625 10.9375 0 37513500323.197815 37443854382.73053 37581402122.66298
e
set label '201.4 GFLOP/s' at 0.5,201690348089.01605 left rotate by 90 offset character 0,0.5 font ',10' textcolor '#404040' front
set label '403.3 GFLOP/s' at 1.5,406112667187.4568 left rotate by 90 offset character 0,0.5 font ',10' textcolor '#404040' front
set label '165.9 GFLOP/s' at 2.5,166470833711.33087 left rotate by 90 offset character 0,0.5 font ',10' textcolor '#404040' front
set label '37.67 GFLOP/s' at 3.5,39325325205.125725 left rotate by 90 offset character 0,0.5 font ',10' textcolor '#404040' front
set label '215.0 GFLOP/s' at 5,217038807920.4129 left rotate by 90 offset character 0,0.5 font ',10' textcolor '#404040' front
set label '120.8 GFLOP/s' at 6,121644291566.22195 left rotate by 90 offset character 0,0.5 font ',10' textcolor '#404040' front
set label '39.28 GFLOP/s' at 7,39710724579.733864 left rotate by 90 offset character 0,0.5 font ',10' textcolor '#404040' front
set label '154.0 GFLOP/s' at 8.5,154172739929.9054 left rotate by 90 offset character 0,0.5 font ',10' textcolor '#404040' front
set label '38.14 GFLOP/s' at 9.5,38300107473.731224 left rotate by 90 offset character 0,0.5 font ',10' textcolor '#404040' front
set label '37.51 GFLOP/s' at 10.5,37581402122.66298 left rotate by 90 offset character 0,0.5 font ',10' textcolor '#404040' front
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
