# gnuplot quick-bars-label.gp draws quick-bars-label.svg and quick-bars-label.png.
reset
set encoding utf8
set lmargin at screen 0.23596
set rmargin at screen 0.96629
set tmargin at screen 0.88506
set bmargin at screen 0.07106
set border 3 linecolor '#404040'
set tics nomirror out textcolor '#202020'
set grid xtics back linetype 1 linecolor '#dddddd' linewidth 0.6
set grid ytics back linetype 1 linecolor '#dddddd' linewidth 0.6
set errorbars small
set label 'Latency by label' at screen 0.01966, screen 0.97910 left font ',14'
set label 'A little of everything · AMD EPYC · 1 thread' at screen 0.01966, screen 0.95820 left font ',11' textcolor '#505050'
set key at screen 0.01966, screen 0.94566 left top horizontal maxcols 3 Left reverse samplen 3 width 1 noenhanced
set style fill border linecolor '#303030'
unset grid
set grid xtics back linetype 1 linecolor '#dddddd' linewidth 0.6
set yrange [45.25:-0.25]
unset ytics
set label 'matmul 1x768x768' at graph 0, first 1 right offset character -1,0
set label 'matmul 197x768x768' at graph 0, first 3.5 right offset character -1,0
set label 'grouped g1 256@28' at graph 0, first 6.5 right offset character -1,0
set label 'grouped g8 256@28' at graph 0, first 10 right offset character -1,0
set label 'grouped g32 256@28' at graph 0, first 13.5 right offset character -1,0
set label 'pointwise 64-256@56' at graph 0, first 17 right offset character -1,0
set label 'depthwise 3x3 144@28' at graph 0, first 20.5 right offset character -1,0
set label 'depthwise 7x7 144@28' at graph 0, first 24 right offset character -1,0
set label 'attention h12 197' at graph 0, first 27 right offset character -1,0
set label 'spmm sum f16' at graph 0, first 30 right offset character -1,0
set label 'spmm max f16' at graph 0, first 33.5 right offset character -1,0
set label 'spmm sum f256' at graph 0, first 37 right offset character -1,0
set label 'spmm max f256' at graph 0, first 40.5 right offset character -1,0
set label 'layer_norm 197x768' at graph 0, first 43 right offset character -1,0
set label 'softmax 197x768' at graph 0, first 44.5 right offset character -1,0
set logscale x
set xrange [4.9999999999999996e-06:0.0814846584482098]
set xtics ('' 4.9999999999999996e-06 1, '' 6e-06 1, '' 7e-06 1, '' 8e-06 1, '' 9e-06 1, '10 µs' 1e-05, '' 2e-05 1, '' 3.0000000000000004e-05 1, '' 4e-05 1, '' 5e-05 1, '' 6.000000000000001e-05 1, '' 7.000000000000001e-05 1, '' 8e-05 1, '' 9e-05 1, '100 µs' 0.0001, '' 0.0002 1, '' 0.00030000000000000003 1, '' 0.0004 1, '' 0.0005 1, '' 0.0006000000000000001 1, '' 0.0007 1, '' 0.0008 1, '' 0.0009000000000000001 1, '1 ms' 0.001, '' 0.002 1, '' 0.003 1, '' 0.004 1, '' 0.005 1, '' 0.006 1, '' 0.007 1, '' 0.008 1, '' 0.009000000000000001 1, '10 ms' 0.01, '' 0.02 1, '' 0.03 1, '' 0.04 1, '' 0.05 1, '' 0.06 1, '' 0.07 1, '' 0.08 1)
set xlabel 'Latency, median and its 95 % interval, log scale'
$series1 << e
0.5 0.0625 0.9375 4.9999999999999996e-06 2.9354e-05 2.9204e-05 2.9575e-05
3 2.5625 3.4375 4.9999999999999996e-06 0.001029721 0.001026131 0.001033462
5.5 5.0625 5.9375 4.9999999999999996e-06 0.0041468370000000004 0.004138685 0.004154078
9 8.5625 9.4375 4.9999999999999996e-06 0.0007323195 0.00072575 0.0007395
12.5 12.0625 12.9375 4.9999999999999996e-06 0.000271673 0.000271087 0.000272138
16 15.5625 16.4375 4.9999999999999996e-06 0.0005299605000000001 0.00048589 0.000540802
19.5 19.0625 19.9375 4.9999999999999996e-06 5.1007e-05 5.0526e-05 5.1397e-05
23 22.5625 23.4375 4.9999999999999996e-06 0.000156165 0.000155915 0.000156505
26.5 26.0625 26.9375 4.9999999999999996e-06 0.000823747 0.000820742 0.000827713
29 28.5625 29.4375 4.9999999999999996e-06 1.0268e-05 1.02505e-05 1.02855e-05
32.5 32.0625 32.9375 4.9999999999999996e-06 1.28895e-05 1.2884e-05 1.29295e-05
36 35.5625 36.4375 4.9999999999999996e-06 9.35855e-05 9.345e-05 9.3811e-05
39.5 39.0625 39.9375 4.9999999999999996e-06 9.4857e-05 9.4673e-05 9.4933e-05
e
$series2 << e
1.5 1.0625 1.9375 4.9999999999999996e-06 3.4442e-05 3.4391e-05 3.4512e-05
4 3.5625 4.4375 4.9999999999999996e-06 0.001182455 0.001180282 0.001184438
6.5 6.0625 6.9375 4.9999999999999996e-06 0.004936843 0.004924474 0.004950223
10 9.5625 10.4375 4.9999999999999996e-06 0.001693523 0.001657138 0.00170501
13.5 13.0625 13.9375 4.9999999999999996e-06 0.0007822945 0.000774473 0.0008059
17 16.5625 17.4375 4.9999999999999996e-06 0.000506175 0.000505289 0.000506811
20.5 20.0625 20.9375 4.9999999999999996e-06 0.005052742000000001 0.005000919 0.005086698
24 23.5625 24.4375 4.9999999999999996e-06 0.009221506 0.009127335 0.00928368
27.5 27.0625 27.9375 4.9999999999999996e-06 0.001385776 0.001382816 0.001388525
e
$series3 << e
7.5 7.0625 7.9375 4.9999999999999996e-06 0.0218728985 0.021832703 0.021929438
11 10.5625 11.4375 4.9999999999999996e-06 0.0030631595 0.002786885 0.003362909
14.5 14.0625 14.9375 4.9999999999999996e-06 0.000783196 0.000764417 0.000791028
18 17.5625 18.4375 4.9999999999999996e-06 0.002522308 0.002509298 0.002556439
21.5 21.0625 21.9375 4.9999999999999996e-06 0.0001122985 0.000112138 0.000112559
25 24.5625 25.4375 4.9999999999999996e-06 0.000555755 0.000554964 0.000556887
43 42.5625 43.4375 4.9999999999999996e-06 5.0385e-05 5.0316e-05 5.0426e-05
44.5 44.0625 44.9375 4.9999999999999996e-06 0.0001794295 0.000179289 0.00017978
e
$series4 << e
30 29.5625 30.4375 4.9999999999999996e-06 3.54185e-05 3.5363e-05 3.5473e-05
33.5 33.0625 33.9375 4.9999999999999996e-06 3.7046e-05 3.6995e-05 3.7086e-05
37 36.5625 37.4375 4.9999999999999996e-06 0.000300291 0.00029971 0.000300591
40.5 40.0625 40.9375 4.9999999999999996e-06 0.000342104 0.000341333 0.000344067
e
$series5 << e
31 30.5625 31.4375 4.9999999999999996e-06 6.8022e-05 6.7932e-05 6.8203e-05
34.5 34.0625 34.9375 4.9999999999999996e-06 6.684550000000001e-05 6.6741e-05 6.692e-05
38 37.5625 38.4375 4.9999999999999996e-06 0.0005803265 0.000571878 0.000591718
41.5 41.0625 41.9375 4.9999999999999996e-06 0.0007896105 0.000773872 0.000803496
e
set label '29.35 µs' at 2.9575e-05,0.5 left offset character 0.6,0 font ',10' textcolor '#404040' front
set label '34.44 µs' at 3.4512e-05,1.5 left offset character 0.6,0 font ',10' textcolor '#404040' front
set label '1.030 ms' at 0.001033462,3 left offset character 0.6,0 font ',10' textcolor '#404040' front
set label '1.182 ms' at 0.001184438,4 left offset character 0.6,0 font ',10' textcolor '#404040' front
set label '4.147 ms' at 0.004154078,5.5 left offset character 0.6,0 font ',10' textcolor '#404040' front
set label '4.937 ms' at 0.004950223,6.5 left offset character 0.6,0 font ',10' textcolor '#404040' front
set label '21.87 ms' at 0.021929438,7.5 left offset character 0.6,0 font ',10' textcolor '#404040' front
set label '732.3 µs' at 0.0007395,9 left offset character 0.6,0 font ',10' textcolor '#404040' front
set label '1.694 ms' at 0.00170501,10 left offset character 0.6,0 font ',10' textcolor '#404040' front
set label '3.063 ms' at 0.003362909,11 left offset character 0.6,0 font ',10' textcolor '#404040' front
set label '271.7 µs' at 0.000272138,12.5 left offset character 0.6,0 font ',10' textcolor '#404040' front
set label '782.3 µs' at 0.0008059,13.5 left offset character 0.6,0 font ',10' textcolor '#404040' front
set label '783.2 µs' at 0.000791028,14.5 left offset character 0.6,0 font ',10' textcolor '#404040' front
set label '530.0 µs' at 0.000540802,16 left offset character 0.6,0 font ',10' textcolor '#404040' front
set label '506.2 µs' at 0.000506811,17 left offset character 0.6,0 font ',10' textcolor '#404040' front
set label '2.522 ms' at 0.002556439,18 left offset character 0.6,0 font ',10' textcolor '#404040' front
set label '51.01 µs' at 5.1397e-05,19.5 left offset character 0.6,0 font ',10' textcolor '#404040' front
set label '5.053 ms' at 0.005086698,20.5 left offset character 0.6,0 font ',10' textcolor '#404040' front
set label '112.3 µs' at 0.000112559,21.5 left offset character 0.6,0 font ',10' textcolor '#404040' front
set label '156.2 µs' at 0.000156505,23 left offset character 0.6,0 font ',10' textcolor '#404040' front
set label '9.222 ms' at 0.00928368,24 left offset character 0.6,0 font ',10' textcolor '#404040' front
set label '555.8 µs' at 0.000556887,25 left offset character 0.6,0 font ',10' textcolor '#404040' front
set label '823.7 µs' at 0.000827713,26.5 left offset character 0.6,0 font ',10' textcolor '#404040' front
set label '1.386 ms' at 0.001388525,27.5 left offset character 0.6,0 font ',10' textcolor '#404040' front
set label '10.27 µs' at 1.02855e-05,29 left offset character 0.6,0 font ',10' textcolor '#404040' front
set label '35.42 µs' at 3.5473e-05,30 left offset character 0.6,0 font ',10' textcolor '#404040' front
set label '68.02 µs' at 6.8203e-05,31 left offset character 0.6,0 font ',10' textcolor '#404040' front
set label '12.89 µs' at 1.29295e-05,32.5 left offset character 0.6,0 font ',10' textcolor '#404040' front
set label '37.05 µs' at 3.7086e-05,33.5 left offset character 0.6,0 font ',10' textcolor '#404040' front
set label '66.85 µs' at 6.692e-05,34.5 left offset character 0.6,0 font ',10' textcolor '#404040' front
set label '93.59 µs' at 9.3811e-05,36 left offset character 0.6,0 font ',10' textcolor '#404040' front
set label '300.3 µs' at 0.000300591,37 left offset character 0.6,0 font ',10' textcolor '#404040' front
set label '580.3 µs' at 0.000591718,38 left offset character 0.6,0 font ',10' textcolor '#404040' front
set label '94.86 µs' at 9.4933e-05,39.5 left offset character 0.6,0 font ',10' textcolor '#404040' front
set label '342.1 µs' at 0.000344067,40.5 left offset character 0.6,0 font ',10' textcolor '#404040' front
set label '789.6 µs' at 0.000803496,41.5 left offset character 0.6,0 font ',10' textcolor '#404040' front
set label '50.39 µs' at 5.0426e-05,43 left offset character 0.6,0 font ',10' textcolor '#404040' front
set label '179.4 µs' at 0.00017978,44.5 left offset character 0.6,0 font ',10' textcolor '#404040' front
set terminal svg noenhanced size 712,957 font 'sans-serif,12' background '#ffffff'
set output 'quick-bars-label.svg'
plot $series1 using 5:1:4:5:2:3 with boxxyerror fillstyle solid 1.0 linecolor '#22406e' title 'native', \
    $series1 using 6:1:($7-$6):(0) with vectors heads size character 0.35,90 linewidth 1.2 linecolor '#000000' notitle, \
    $series2 using 5:1:4:5:2:3 with boxxyerror fillstyle solid 1.0 linecolor '#e8a33d' title 'openblas', \
    $series2 using 6:1:($7-$6):(0) with vectors heads size character 0.35,90 linewidth 1.2 linecolor '#000000' notitle, \
    $series3 using 5:1:4:5:2:3 with boxxyerror fillstyle pattern 4 linecolor '#1f8a70' title 'plain', \
    $series3 using 6:1:($7-$6):(0) with vectors heads size character 0.35,90 linewidth 1.2 linecolor '#000000' notitle, \
    $series4 using 5:1:4:5:2:3 with boxxyerror fillstyle pattern 2 linecolor '#8a63b0' title 'fused', \
    $series4 using 6:1:($7-$6):(0) with vectors heads size character 0.35,90 linewidth 1.2 linecolor '#000000' notitle, \
    $series5 using 5:1:4:5:2:3 with boxxyerror fillstyle pattern 5 linecolor '#7c2238' title 'gather-scatter', \
    $series5 using 6:1:($7-$6):(0) with vectors heads size character 0.35,90 linewidth 1.2 linecolor '#000000' notitle
set terminal pngcairo noenhanced size 1424,1914 font 'sans-serif,12' fontscale 1.5 linewidth 2 pointscale 2 background '#ffffff'
set output 'quick-bars-label.png'
replot
unset output
