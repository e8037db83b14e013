# gnuplot quick-bars-label.gp draws quick-bars-label.svg and quick-bars-label.png, of figures in quick.csv.
reset
set encoding utf8
set lmargin at screen 0.24339
set rmargin at screen 0.96662
set tmargin at screen 0.89351
set bmargin at screen 0.06583
set border 3 linecolor '#404040'
set tics nomirror out textcolor '#202020'
set grid xtics back linetype 1 linecolor '#dddddd' linewidth 0.6
set grid ytics back linetype 1 linecolor '#dddddd' linewidth 0.6
set errorbars small
set label 'Latency by label' at screen 0.01947, screen 0.98064 left font ',14'
set label 'A little of everything · Intel(R) Xeon(R) Processor · 1 thread' at screen 0.01947, screen 0.96128 left font ',11' textcolor '#505050'
set key at screen 0.01947, screen 0.94966 left top horizontal maxcols 3 Left reverse samplen 3 width 1 noenhanced
set style fill border linecolor '#303030'
unset grid
set grid xtics back linetype 1 linecolor '#dddddd' linewidth 0.6
set yrange [49.75:-0.25]
unset ytics
set label 'matmul 1x768x768' at graph 0, first 1 right offset character -1,0
set label 'matmul 197x768x768' at graph 0, first 3.5 right offset character -1,0
set label 'grouped g1 256@28' at graph 0, first 7 right offset character -1,0
set label 'grouped g8 256@28' at graph 0, first 11 right offset character -1,0
set label 'grouped g32 256@28' at graph 0, first 14.5 right offset character -1,0
set label 'pointwise 64-256@56' at graph 0, first 18 right offset character -1,0
set label 'depthwise 3x3 144@28' at graph 0, first 21.5 right offset character -1,0
set label 'depthwise 7x7 144@28' at graph 0, first 25 right offset character -1,0
set label 'attention h12 197' at graph 0, first 28 right offset character -1,0
set label 'spmm sum f16' at graph 0, first 31 right offset character -1,0
set label 'spmm max f16' at graph 0, first 34.5 right offset character -1,0
set label 'spmm sum f256' at graph 0, first 38 right offset character -1,0
set label 'spmm max f256' at graph 0, first 41.5 right offset character -1,0
set label 'layer_norm 197x768' at graph 0, first 44 right offset character -1,0
set label 'softmax 197x768' at graph 0, first 46 right offset character -1,0
set label 'mobilenet_v2 x0.35@96' at graph 0, first 48.5 right offset character -1,0
set logscale x
set xrange [4.9999999999999996e-06:0.15717276945544406]
set xtics ('' 4.9999999999999996e-06 1, '' 6e-06 1, '' 7e-06 1, '' 8e-06 1, '' 9e-06 1, '10 µs' 1e-05, '' 2e-05 1, '' 3.0000000000000004e-05 1, '' 4e-05 1, '' 5e-05 1, '' 6.000000000000001e-05 1, '' 7.000000000000001e-05 1, '' 8e-05 1, '' 9e-05 1, '100 µs' 0.0001, '' 0.0002 1, '' 0.00030000000000000003 1, '' 0.0004 1, '' 0.0005 1, '' 0.0006000000000000001 1, '' 0.0007 1, '' 0.0008 1, '' 0.0009000000000000001 1, '1 ms' 0.001, '' 0.002 1, '' 0.003 1, '' 0.004 1, '' 0.005 1, '' 0.006 1, '' 0.007 1, '' 0.008 1, '' 0.009000000000000001 1, '10 ms' 0.01, '' 0.02 1, '' 0.03 1, '' 0.04 1, '' 0.05 1, '' 0.06 1, '' 0.07 1, '' 0.08 1, '' 0.09 1, '100 ms' 0.1)
set xlabel 'Latency, median and its 95 % interval, log scale'
$series1 << e
0.5 0.0625 0.9375 4.9999999999999996e-06 4.6874e-05 4.6478e-05 4.7422e-05
3 2.5625 3.4375 4.9999999999999996e-06 0.0020573185 0.001377919 0.002085107
5.5 5.0625 5.9375 4.9999999999999996e-06 0.006226278 0.005906228 0.006577194
10 9.5625 10.4375 4.9999999999999996e-06 0.0006877879999999999 0.000684638 0.000690561
13.5 13.0625 13.9375 4.9999999999999996e-06 0.000254955 0.0002545 0.00025538
17 16.5625 17.4375 4.9999999999999996e-06 0.000645816 0.000644487 0.000646813
20.5 20.0625 20.9375 4.9999999999999996e-06 2.94455e-05 2.85735e-05 2.97505e-05
24 23.5625 24.4375 4.9999999999999996e-06 7.405399999999999e-05 7.3917e-05 7.4213e-05
27.5 27.0625 27.9375 4.9999999999999996e-06 0.000976349 0.000951414 0.00099681
30 29.5625 30.4375 4.9999999999999996e-06 1.220925e-05 1.218225e-05 1.2229e-05
33.5 33.0625 33.9375 4.9999999999999996e-06 1.9643e-05 1.96175e-05 1.96755e-05
37 36.5625 37.4375 4.9999999999999996e-06 0.0003090775 0.000308542 0.000309555
40.5 40.0625 40.9375 4.9999999999999996e-06 0.0003120275 0.000307685 0.000315567
44 43.5625 44.4375 4.9999999999999996e-06 2.7411e-05 2.6903e-05 2.76915e-05
45.5 45.0625 45.9375 4.9999999999999996e-06 4.7491e-05 4.7414e-05 4.757e-05
48 47.5625 48.4375 4.9999999999999996e-06 0.000518906 0.000516047 0.000522069
e
$intervals1 << e
0.5 0.0625 0.9375 4.9999999999999996e-06 4.6874e-05 4.6478e-05 4.7422e-05
3 2.5625 3.4375 4.9999999999999996e-06 0.0020573185 0.001377919 0.002085107
5.5 5.0625 5.9375 4.9999999999999996e-06 0.006226278 0.005906228 0.006577194
10 9.5625 10.4375 4.9999999999999996e-06 0.0006877879999999999 0.000684638 0.000690561
13.5 13.0625 13.9375 4.9999999999999996e-06 0.000254955 0.0002545 0.00025538
17 16.5625 17.4375 4.9999999999999996e-06 0.000645816 0.000644487 0.000646813
20.5 20.0625 20.9375 4.9999999999999996e-06 2.94455e-05 2.85735e-05 2.97505e-05
24 23.5625 24.4375 4.9999999999999996e-06 7.405399999999999e-05 7.3917e-05 7.4213e-05
27.5 27.0625 27.9375 4.9999999999999996e-06 0.000976349 0.000951414 0.00099681
30 29.5625 30.4375 4.9999999999999996e-06 1.220925e-05 1.218225e-05 1.2229e-05
33.5 33.0625 33.9375 4.9999999999999996e-06 1.9643e-05 1.96175e-05 1.96755e-05
37 36.5625 37.4375 4.9999999999999996e-06 0.0003090775 0.000308542 0.000309555
40.5 40.0625 40.9375 4.9999999999999996e-06 0.0003120275 0.000307685 0.000315567
44 43.5625 44.4375 4.9999999999999996e-06 2.7411e-05 2.6903e-05 2.76915e-05
45.5 45.0625 45.9375 4.9999999999999996e-06 4.7491e-05 4.7414e-05 4.757e-05
48 47.5625 48.4375 4.9999999999999996e-06 0.000518906 0.000516047 0.000522069
e
$series2 << e
1.5 1.0625 1.9375 4.9999999999999996e-06 4.9904e-05 4.9803e-05 5.0001e-05
4 3.5625 4.4375 4.9999999999999996e-06 0.0016049885 0.001597369 0.00161704
6.5 6.0625 6.9375 4.9999999999999996e-06 0.006301449 0.006284407 0.00632581
11 10.5625 11.4375 4.9999999999999996e-06 0.00136491 0.001359859 0.001370902
14.5 14.0625 14.9375 4.9999999999999996e-06 0.0011551925 0.001151611 0.001160305
18 17.5625 18.4375 4.9999999999999996e-06 0.0007868285 0.000782578 0.000790546
21.5 21.0625 21.9375 4.9999999999999996e-06 0.004133535 0.00409671 0.004168056
25 24.5625 25.4375 4.9999999999999996e-06 0.0134651095 0.01335846 0.013522189
28.5 28.0625 28.9375 4.9999999999999996e-06 0.001643358 0.001590803 0.00166621
49 48.5625 49.4375 4.9999999999999996e-06 0.007072687 0.006903962 0.007268962
e
$intervals2 << e
1.5 1.0625 1.9375 4.9999999999999996e-06 4.9904e-05 4.9803e-05 5.0001e-05
4 3.5625 4.4375 4.9999999999999996e-06 0.0016049885 0.001597369 0.00161704
6.5 6.0625 6.9375 4.9999999999999996e-06 0.006301449 0.006284407 0.00632581
11 10.5625 11.4375 4.9999999999999996e-06 0.00136491 0.001359859 0.001370902
14.5 14.0625 14.9375 4.9999999999999996e-06 0.0011551925 0.001151611 0.001160305
18 17.5625 18.4375 4.9999999999999996e-06 0.0007868285 0.000782578 0.000790546
21.5 21.0625 21.9375 4.9999999999999996e-06 0.004133535 0.00409671 0.004168056
25 24.5625 25.4375 4.9999999999999996e-06 0.0134651095 0.01335846 0.013522189
28.5 28.0625 28.9375 4.9999999999999996e-06 0.001643358 0.001590803 0.00166621
49 48.5625 49.4375 4.9999999999999996e-06 0.007072687 0.006903962 0.007268962
e
$series3 << e
7.5 7.0625 7.9375 4.9999999999999996e-06 0.0018254525 0.00182056 0.001828807
e
$intervals3 << e
7.5 7.0625 7.9375 4.9999999999999996e-06 0.0018254525 0.00182056 0.001828807
e
$series4 << e
8.5 8.0625 8.9375 4.9999999999999996e-06 0.029285764 0.028933894 0.029451573
12 11.5625 12.4375 4.9999999999999996e-06 0.0038754765 0.003867857 0.003883074
15.5 15.0625 15.9375 4.9999999999999996e-06 0.0012963995 0.001295076 0.001299338
19 18.5625 19.4375 4.9999999999999996e-06 0.005142092500000001 0.005056189 0.005184576
22.5 22.0625 22.9375 4.9999999999999996e-06 0.00011674 0.000116395 0.000117207
26 25.5625 26.4375 4.9999999999999996e-06 0.0006659855 0.000662383 0.000668836
46.5 46.0625 46.9375 4.9999999999999996e-06 0.000184365 0.000184005 0.000184683
e
$intervals4 << e
8.5 8.0625 8.9375 4.9999999999999996e-06 0.029285764 0.028933894 0.029451573
12 11.5625 12.4375 4.9999999999999996e-06 0.0038754765 0.003867857 0.003883074
15.5 15.0625 15.9375 4.9999999999999996e-06 0.0012963995 0.001295076 0.001299338
19 18.5625 19.4375 4.9999999999999996e-06 0.005142092500000001 0.005056189 0.005184576
22.5 22.0625 22.9375 4.9999999999999996e-06 0.00011674 0.000116395 0.000117207
26 25.5625 26.4375 4.9999999999999996e-06 0.0006659855 0.000662383 0.000668836
46.5 46.0625 46.9375 4.9999999999999996e-06 0.000184365 0.000184005 0.000184683
e
$series5 << e
31 30.5625 31.4375 4.9999999999999996e-06 4.319e-05 4.3101e-05 4.3276e-05
34.5 34.0625 34.9375 4.9999999999999996e-06 4.3979e-05 4.3865e-05 4.4113e-05
38 37.5625 38.4375 4.9999999999999996e-06 0.000434311 0.00043017 0.000439161
41.5 41.0625 41.9375 4.9999999999999996e-06 0.0005374085 0.000532387 0.00054384
e
$intervals5 << e
31 30.5625 31.4375 4.9999999999999996e-06 4.319e-05 4.3101e-05 4.3276e-05
34.5 34.0625 34.9375 4.9999999999999996e-06 4.3979e-05 4.3865e-05 4.4113e-05
38 37.5625 38.4375 4.9999999999999996e-06 0.000434311 0.00043017 0.000439161
41.5 41.0625 41.9375 4.9999999999999996e-06 0.0005374085 0.000532387 0.00054384
e
$series6 << e
32 31.5625 32.4375 4.9999999999999996e-06 9.4308e-05 9.4203e-05 9.4801e-05
35.5 35.0625 35.9375 4.9999999999999996e-06 9.5511e-05 9.5428e-05 9.5743e-05
39 38.5625 39.4375 4.9999999999999996e-06 0.001212096 0.001204985 0.001221486
42.5 42.0625 42.9375 4.9999999999999996e-06 0.001252671 0.00125009 0.001254567
e
$intervals6 << e
32 31.5625 32.4375 4.9999999999999996e-06 9.4308e-05 9.4203e-05 9.4801e-05
35.5 35.0625 35.9375 4.9999999999999996e-06 9.5511e-05 9.5428e-05 9.5743e-05
39 38.5625 39.4375 4.9999999999999996e-06 0.001212096 0.001204985 0.001221486
42.5 42.0625 42.9375 4.9999999999999996e-06 0.001252671 0.00125009 0.001254567
e
set label '46.87 µs' at 4.7422e-05,0.5 left offset character 0.6,0 font ',10' textcolor '#404040' front
set label '49.90 µs' at 5.0001e-05,1.5 left offset character 0.6,0 font ',10' textcolor '#404040' front
set label '2.057 ms' at 0.002085107,3 left offset character 0.6,0 font ',10' textcolor '#404040' front
set label '1.605 ms' at 0.00161704,4 left offset character 0.6,0 font ',10' textcolor '#404040' front
set label '6.226 ms' at 0.006577194,5.5 left offset character 0.6,0 font ',10' textcolor '#404040' front
set label '6.301 ms' at 0.00632581,6.5 left offset character 0.6,0 font ',10' textcolor '#404040' front
set label '1.825 ms' at 0.001828807,7.5 left offset character 0.6,0 font ',10' textcolor '#404040' front
set label '29.29 ms' at 0.029451573,8.5 left offset character 0.6,0 font ',10' textcolor '#404040' front
set label '687.8 µs' at 0.000690561,10 left offset character 0.6,0 font ',10' textcolor '#404040' front
set label '1.365 ms' at 0.001370902,11 left offset character 0.6,0 font ',10' textcolor '#404040' front
set label '3.875 ms' at 0.003883074,12 left offset character 0.6,0 font ',10' textcolor '#404040' front
set label '255.0 µs' at 0.00025538,13.5 left offset character 0.6,0 font ',10' textcolor '#404040' front
set label '1.155 ms' at 0.001160305,14.5 left offset character 0.6,0 font ',10' textcolor '#404040' front
set label '1.296 ms' at 0.001299338,15.5 left offset character 0.6,0 font ',10' textcolor '#404040' front
set label '645.8 µs' at 0.000646813,17 left offset character 0.6,0 font ',10' textcolor '#404040' front
set label '786.8 µs' at 0.000790546,18 left offset character 0.6,0 font ',10' textcolor '#404040' front
set label '5.142 ms' at 0.005184576,19 left offset character 0.6,0 font ',10' textcolor '#404040' front
set label '29.45 µs' at 2.97505e-05,20.5 left offset character 0.6,0 font ',10' textcolor '#404040' front
set label '4.134 ms' at 0.004168056,21.5 left offset character 0.6,0 font ',10' textcolor '#404040' front
set label '116.7 µs' at 0.000117207,22.5 left offset character 0.6,0 font ',10' textcolor '#404040' front
set label '74.05 µs' at 7.4213e-05,24 left offset character 0.6,0 font ',10' textcolor '#404040' front
set label '13.47 ms' at 0.013522189,25 left offset character 0.6,0 font ',10' textcolor '#404040' front
set label '666.0 µs' at 0.000668836,26 left offset character 0.6,0 font ',10' textcolor '#404040' front
set label '976.3 µs' at 0.00099681,27.5 left offset character 0.6,0 font ',10' textcolor '#404040' front
set label '1.643 ms' at 0.00166621,28.5 left offset character 0.6,0 font ',10' textcolor '#404040' front
set label '12.21 µs' at 1.2229e-05,30 left offset character 0.6,0 font ',10' textcolor '#404040' front
set label '43.19 µs' at 4.3276e-05,31 left offset character 0.6,0 font ',10' textcolor '#404040' front
set label '94.31 µs' at 9.4801e-05,32 left offset character 0.6,0 font ',10' textcolor '#404040' front
set label '19.64 µs' at 1.96755e-05,33.5 left offset character 0.6,0 font ',10' textcolor '#404040' front
set label '43.98 µs' at 4.4113e-05,34.5 left offset character 0.6,0 font ',10' textcolor '#404040' front
set label '95.51 µs' at 9.5743e-05,35.5 left offset character 0.6,0 font ',10' textcolor '#404040' front
set label '309.1 µs' at 0.000309555,37 left offset character 0.6,0 font ',10' textcolor '#404040' front
set label '434.3 µs' at 0.000439161,38 left offset character 0.6,0 font ',10' textcolor '#404040' front
set label '1.212 ms' at 0.001221486,39 left offset character 0.6,0 font ',10' textcolor '#404040' front
set label '312.0 µs' at 0.000315567,40.5 left offset character 0.6,0 font ',10' textcolor '#404040' front
set label '537.4 µs' at 0.00054384,41.5 left offset character 0.6,0 font ',10' textcolor '#404040' front
set label '1.253 ms' at 0.001254567,42.5 left offset character 0.6,0 font ',10' textcolor '#404040' front
set label '27.41 µs' at 2.76915e-05,44 left offset character 0.6,0 font ',10' textcolor '#404040' front
set label '47.49 µs' at 4.757e-05,45.5 left offset character 0.6,0 font ',10' textcolor '#404040' front
set label '184.4 µs' at 0.000184683,46.5 left offset character 0.6,0 font ',10' textcolor '#404040' front
set label '518.9 µs' at 0.000522069,48 left offset character 0.6,0 font ',10' textcolor '#404040' front
set label '7.073 ms' at 0.007268962,49 left offset character 0.6,0 font ',10' textcolor '#404040' front
set terminal svg noenhanced size 719,1033 font 'sans-serif,12' background '#ffffff'
set output 'quick-bars-label.svg'
plot $series1 using 5:1:4:5:2:3 with boxxyerror fillstyle solid 1.0 linecolor '#22406e' title 'native', \
    $intervals1 using 6:1:($7-$6):(0) with vectors heads size character 0.35,90 linewidth 1.2 dashtype 1 linecolor '#000000' notitle, \
    $series2 using 5:1:4:5:2:3 with boxxyerror fillstyle solid 1.0 linecolor '#e8a33d' title 'openblas', \
    $intervals2 using 6:1:($7-$6):(0) with vectors heads size character 0.35,90 linewidth 1.2 dashtype 1 linecolor '#000000' notitle, \
    $series3 using 5:1:4:5:2:3 with boxxyerror fillstyle pattern 2 linecolor '#8a63b0' title 'winograd', \
    $intervals3 using 6:1:($7-$6):(0) with vectors heads size character 0.35,90 linewidth 1.2 dashtype 1 linecolor '#000000' notitle, \
    $series4 using 5:1:4:5:2:3 with boxxyerror fillstyle pattern 4 linecolor '#1f8a70' title 'plain', \
    $intervals4 using 6:1:($7-$6):(0) with vectors heads size character 0.35,90 linewidth 1.2 dashtype 1 linecolor '#000000' notitle, \
    $series5 using 5:1:4:5:2:3 with boxxyerror fillstyle pattern 5 linecolor '#7c2238' title 'fused', \
    $intervals5 using 6:1:($7-$6):(0) with vectors heads size character 0.35,90 linewidth 1.2 dashtype 1 linecolor '#000000' notitle, \
    $series6 using 5:1:4:5:2:3 with boxxyerror fillstyle pattern 7 linecolor '#2674ab' title 'gather-scatter', \
    $intervals6 using 6:1:($7-$6):(0) with vectors heads size character 0.35,90 linewidth 1.2 dashtype 1 linecolor '#000000' notitle
set terminal pngcairo noenhanced size 1438,2066 font 'sans-serif,12' fontscale 1.5 linewidth 2 pointscale 2 background '#ffffff'
set output 'quick-bars-label.png'
replot
unset output
