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
set label 'A little of everything · AMD EPYC · 1 thread' at screen 0.01947, screen 0.96128 left font ',11' textcolor '#505050'
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
set xrange [4.9999999999999996e-06:0.13678205100187604]
set xtics ('' 4.9999999999999996e-06 1, '' 6e-06 1, '' 7e-06 1, '' 8e-06 1, '' 9e-06 1, '10 µs' 1e-05, '' 2e-05 1, '' 3.0000000000000004e-05 1, '' 4e-05 1, '' 5e-05 1, '' 6.000000000000001e-05 1, '' 7.000000000000001e-05 1, '' 8e-05 1, '' 9e-05 1, '100 µs' 0.0001, '' 0.0002 1, '' 0.00030000000000000003 1, '' 0.0004 1, '' 0.0005 1, '' 0.0006000000000000001 1, '' 0.0007 1, '' 0.0008 1, '' 0.0009000000000000001 1, '1 ms' 0.001, '' 0.002 1, '' 0.003 1, '' 0.004 1, '' 0.005 1, '' 0.006 1, '' 0.007 1, '' 0.008 1, '' 0.009000000000000001 1, '10 ms' 0.01, '' 0.02 1, '' 0.03 1, '' 0.04 1, '' 0.05 1, '' 0.06 1, '' 0.07 1, '' 0.08 1, '' 0.09 1, '100 ms' 0.1)
set xlabel 'Latency, median and its 95 % interval, log scale'
$series1 << e
0.5 0.0625 0.9375 4.9999999999999996e-06 2.656e-05 2.652e-05 2.662e-05
3 2.5625 3.4375 4.9999999999999996e-06 0.001028359 0.001026652 0.001031369
5.5 5.0625 5.9375 4.9999999999999996e-06 0.004591495 0.004585465 0.004602741
10 9.5625 10.4375 4.9999999999999996e-06 0.0005376269999999999 0.000532649 0.000543726
13.5 13.0625 13.9375 4.9999999999999996e-06 0.000187732 0.000187461 0.000188122
17 16.5625 17.4375 4.9999999999999996e-06 0.000483826 0.000482034 0.000484538
20.5 20.0625 20.9375 4.9999999999999996e-06 1.76565e-05 1.7611e-05 1.76815e-05
24 23.5625 24.4375 4.9999999999999996e-06 5.1297e-05 5.1007e-05 5.1497e-05
27.5 27.0625 27.9375 4.9999999999999996e-06 0.0007183985 0.000716936 0.000719781
30 29.5625 30.4375 4.9999999999999996e-06 9.81225e-06 9.787e-06 9.82475e-06
33.5 33.0625 33.9375 4.9999999999999996e-06 1.2401e-05 1.23785e-05 1.24185e-05
37 36.5625 37.4375 4.9999999999999996e-06 0.000116815 0.000116585 0.000117036
40.5 40.0625 40.9375 4.9999999999999996e-06 0.000125709 0.000125439 0.00012594
44 43.5625 44.4375 4.9999999999999996e-06 2.2354e-05 2.2254e-05 2.2483e-05
45.5 45.0625 45.9375 4.9999999999999996e-06 4.4557e-05 4.3425e-05 4.5738e-05
48 47.5625 48.4375 4.9999999999999996e-06 0.0003319185 0.000328463 0.000338588
e
$intervals1 << e
0.5 0.0625 0.9375 4.9999999999999996e-06 2.656e-05 2.652e-05 2.662e-05
3 2.5625 3.4375 4.9999999999999996e-06 0.001028359 0.001026652 0.001031369
5.5 5.0625 5.9375 4.9999999999999996e-06 0.004591495 0.004585465 0.004602741
10 9.5625 10.4375 4.9999999999999996e-06 0.0005376269999999999 0.000532649 0.000543726
13.5 13.0625 13.9375 4.9999999999999996e-06 0.000187732 0.000187461 0.000188122
17 16.5625 17.4375 4.9999999999999996e-06 0.000483826 0.000482034 0.000484538
20.5 20.0625 20.9375 4.9999999999999996e-06 1.76565e-05 1.7611e-05 1.76815e-05
24 23.5625 24.4375 4.9999999999999996e-06 5.1297e-05 5.1007e-05 5.1497e-05
27.5 27.0625 27.9375 4.9999999999999996e-06 0.0007183985 0.000716936 0.000719781
30 29.5625 30.4375 4.9999999999999996e-06 9.81225e-06 9.787e-06 9.82475e-06
33.5 33.0625 33.9375 4.9999999999999996e-06 1.2401e-05 1.23785e-05 1.24185e-05
37 36.5625 37.4375 4.9999999999999996e-06 0.000116815 0.000116585 0.000117036
40.5 40.0625 40.9375 4.9999999999999996e-06 0.000125709 0.000125439 0.00012594
44 43.5625 44.4375 4.9999999999999996e-06 2.2354e-05 2.2254e-05 2.2483e-05
45.5 45.0625 45.9375 4.9999999999999996e-06 4.4557e-05 4.3425e-05 4.5738e-05
48 47.5625 48.4375 4.9999999999999996e-06 0.0003319185 0.000328463 0.000338588
e
$series2 << e
1.5 1.0625 1.9375 4.9999999999999996e-06 2.8082e-05 2.679e-05 3.0747e-05
4 3.5625 4.4375 4.9999999999999996e-06 0.0012084495 0.001204859 0.00121265
6.5 6.0625 6.9375 4.9999999999999996e-06 0.005575082 0.005555592 0.005591376
11 10.5625 11.4375 4.9999999999999996e-06 0.0009571569999999999 0.000950357 0.000964408
14.5 14.0625 14.9375 4.9999999999999996e-06 0.000757828 0.000754603 0.000760372
18 17.5625 18.4375 4.9999999999999996e-06 0.000504648 0.000503165 0.000505539
21.5 21.0625 21.9375 4.9999999999999996e-06 0.002755983 0.00275031 0.002764411
25 24.5625 25.4375 4.9999999999999996e-06 0.008381405 0.008362397 0.00840461
28.5 28.0625 28.9375 4.9999999999999996e-06 0.001363828 0.001360242 0.001366843
49 48.5625 49.4375 4.9999999999999996e-06 0.008350038 0.008315766 0.008385962
e
$intervals2 << e
1.5 1.0625 1.9375 4.9999999999999996e-06 2.8082e-05 2.679e-05 3.0747e-05
4 3.5625 4.4375 4.9999999999999996e-06 0.0012084495 0.001204859 0.00121265
6.5 6.0625 6.9375 4.9999999999999996e-06 0.005575082 0.005555592 0.005591376
11 10.5625 11.4375 4.9999999999999996e-06 0.0009571569999999999 0.000950357 0.000964408
14.5 14.0625 14.9375 4.9999999999999996e-06 0.000757828 0.000754603 0.000760372
18 17.5625 18.4375 4.9999999999999996e-06 0.000504648 0.000503165 0.000505539
21.5 21.0625 21.9375 4.9999999999999996e-06 0.002755983 0.00275031 0.002764411
25 24.5625 25.4375 4.9999999999999996e-06 0.008381405 0.008362397 0.00840461
28.5 28.0625 28.9375 4.9999999999999996e-06 0.001363828 0.001360242 0.001366843
49 48.5625 49.4375 4.9999999999999996e-06 0.008350038 0.008315766 0.008385962
e
$series3 << e
7.5 7.0625 7.9375 4.9999999999999996e-06 0.0022931185 0.002277309 0.002310089
e
$intervals3 << e
7.5 7.0625 7.9375 4.9999999999999996e-06 0.0022931185 0.002277309 0.002310089
e
$series4 << e
8.5 8.0625 8.9375 4.9999999999999996e-06 0.024552216 0.023517772 0.025270615
12 11.5625 12.4375 4.9999999999999996e-06 0.002943154 0.002911191 0.002978543
15.5 15.0625 15.9375 4.9999999999999996e-06 0.000770426 0.000769034 0.000771859
19 18.5625 19.4375 4.9999999999999996e-06 0.002450509 0.002445492 0.002453855
22.5 22.0625 22.9375 4.9999999999999996e-06 0.000176715 0.000176515 0.000177146
26 25.5625 26.4375 4.9999999999999996e-06 0.000561964 0.000560852 0.000563876
46.5 46.0625 46.9375 4.9999999999999996e-06 0.00021446699999999998 0.000214161 0.000214973
e
$intervals4 << e
8.5 8.0625 8.9375 4.9999999999999996e-06 0.024552216 0.023517772 0.025270615
12 11.5625 12.4375 4.9999999999999996e-06 0.002943154 0.002911191 0.002978543
15.5 15.0625 15.9375 4.9999999999999996e-06 0.000770426 0.000769034 0.000771859
19 18.5625 19.4375 4.9999999999999996e-06 0.002450509 0.002445492 0.002453855
22.5 22.0625 22.9375 4.9999999999999996e-06 0.000176715 0.000176515 0.000177146
26 25.5625 26.4375 4.9999999999999996e-06 0.000561964 0.000560852 0.000563876
46.5 46.0625 46.9375 4.9999999999999996e-06 0.00021446699999999998 0.000214161 0.000214973
e
$series5 << e
31 30.5625 31.4375 4.9999999999999996e-06 3.3956e-05 3.3921e-05 3.3991e-05
34.5 34.0625 34.9375 4.9999999999999996e-06 4.4696999999999996e-05 4.4657e-05 4.4737e-05
38 37.5625 38.4375 4.9999999999999996e-06 0.000387092 0.00038623 0.000387672
41.5 41.0625 41.9375 4.9999999999999996e-06 0.0005078075 0.000506441 0.000509305
e
$intervals5 << e
31 30.5625 31.4375 4.9999999999999996e-06 3.3956e-05 3.3921e-05 3.3991e-05
34.5 34.0625 34.9375 4.9999999999999996e-06 4.4696999999999996e-05 4.4657e-05 4.4737e-05
38 37.5625 38.4375 4.9999999999999996e-06 0.000387092 0.00038623 0.000387672
41.5 41.0625 41.9375 4.9999999999999996e-06 0.0005078075 0.000506441 0.000509305
e
$series6 << e
32 31.5625 32.4375 4.9999999999999996e-06 6.8523e-05 6.8423e-05 6.8603e-05
35.5 35.0625 35.9375 4.9999999999999996e-06 6.664e-05 6.649e-05 6.6731e-05
39 38.5625 39.4375 4.9999999999999996e-06 0.000884108 0.000861744 0.000923787
42.5 42.0625 42.9375 4.9999999999999996e-06 0.0009209330000000001 0.000913131 0.000927763
e
$intervals6 << e
32 31.5625 32.4375 4.9999999999999996e-06 6.8523e-05 6.8423e-05 6.8603e-05
35.5 35.0625 35.9375 4.9999999999999996e-06 6.664e-05 6.649e-05 6.6731e-05
39 38.5625 39.4375 4.9999999999999996e-06 0.000884108 0.000861744 0.000923787
42.5 42.0625 42.9375 4.9999999999999996e-06 0.0009209330000000001 0.000913131 0.000927763
e
set label '26.56 µs' at 2.662e-05,0.5 left offset character 0.6,0 font ',10' textcolor '#404040' front
set label '28.08 µs' at 3.0747e-05,1.5 left offset character 0.6,0 font ',10' textcolor '#404040' front
set label '1.028 ms' at 0.001031369,3 left offset character 0.6,0 font ',10' textcolor '#404040' front
set label '1.208 ms' at 0.00121265,4 left offset character 0.6,0 font ',10' textcolor '#404040' front
set label '4.591 ms' at 0.004602741,5.5 left offset character 0.6,0 font ',10' textcolor '#404040' front
set label '5.575 ms' at 0.005591376,6.5 left offset character 0.6,0 font ',10' textcolor '#404040' front
set label '2.293 ms' at 0.002310089,7.5 left offset character 0.6,0 font ',10' textcolor '#404040' front
set label '24.55 ms' at 0.025270615,8.5 left offset character 0.6,0 font ',10' textcolor '#404040' front
set label '537.6 µs' at 0.000543726,10 left offset character 0.6,0 font ',10' textcolor '#404040' front
set label '957.2 µs' at 0.000964408,11 left offset character 0.6,0 font ',10' textcolor '#404040' front
set label '2.943 ms' at 0.002978543,12 left offset character 0.6,0 font ',10' textcolor '#404040' front
set label '187.7 µs' at 0.000188122,13.5 left offset character 0.6,0 font ',10' textcolor '#404040' front
set label '757.8 µs' at 0.000760372,14.5 left offset character 0.6,0 font ',10' textcolor '#404040' front
set label '770.4 µs' at 0.000771859,15.5 left offset character 0.6,0 font ',10' textcolor '#404040' front
set label '483.8 µs' at 0.000484538,17 left offset character 0.6,0 font ',10' textcolor '#404040' front
set label '504.6 µs' at 0.000505539,18 left offset character 0.6,0 font ',10' textcolor '#404040' front
set label '2.451 ms' at 0.002453855,19 left offset character 0.6,0 font ',10' textcolor '#404040' front
set label '17.66 µs' at 1.76815e-05,20.5 left offset character 0.6,0 font ',10' textcolor '#404040' front
set label '2.756 ms' at 0.002764411,21.5 left offset character 0.6,0 font ',10' textcolor '#404040' front
set label '176.7 µs' at 0.000177146,22.5 left offset character 0.6,0 font ',10' textcolor '#404040' front
set label '51.30 µs' at 5.1497e-05,24 left offset character 0.6,0 font ',10' textcolor '#404040' front
set label '8.381 ms' at 0.00840461,25 left offset character 0.6,0 font ',10' textcolor '#404040' front
set label '562.0 µs' at 0.000563876,26 left offset character 0.6,0 font ',10' textcolor '#404040' front
set label '718.4 µs' at 0.000719781,27.5 left offset character 0.6,0 font ',10' textcolor '#404040' front
set label '1.364 ms' at 0.001366843,28.5 left offset character 0.6,0 font ',10' textcolor '#404040' front
set label '9.812 µs' at 9.82475e-06,30 left offset character 0.6,0 font ',10' textcolor '#404040' front
set label '33.96 µs' at 3.3991e-05,31 left offset character 0.6,0 font ',10' textcolor '#404040' front
set label '68.52 µs' at 6.8603e-05,32 left offset character 0.6,0 font ',10' textcolor '#404040' front
set label '12.40 µs' at 1.24185e-05,33.5 left offset character 0.6,0 font ',10' textcolor '#404040' front
set label '44.70 µs' at 4.4737e-05,34.5 left offset character 0.6,0 font ',10' textcolor '#404040' front
set label '66.64 µs' at 6.6731e-05,35.5 left offset character 0.6,0 font ',10' textcolor '#404040' front
set label '116.8 µs' at 0.000117036,37 left offset character 0.6,0 font ',10' textcolor '#404040' front
set label '387.1 µs' at 0.000387672,38 left offset character 0.6,0 font ',10' textcolor '#404040' front
set label '884.1 µs' at 0.000923787,39 left offset character 0.6,0 font ',10' textcolor '#404040' front
set label '125.7 µs' at 0.00012594,40.5 left offset character 0.6,0 font ',10' textcolor '#404040' front
set label '507.8 µs' at 0.000509305,41.5 left offset character 0.6,0 font ',10' textcolor '#404040' front
set label '920.9 µs' at 0.000927763,42.5 left offset character 0.6,0 font ',10' textcolor '#404040' front
set label '22.35 µs' at 2.2483e-05,44 left offset character 0.6,0 font ',10' textcolor '#404040' front
set label '44.56 µs' at 4.5738e-05,45.5 left offset character 0.6,0 font ',10' textcolor '#404040' front
set label '214.5 µs' at 0.000214973,46.5 left offset character 0.6,0 font ',10' textcolor '#404040' front
set label '331.9 µs' at 0.000338588,48 left offset character 0.6,0 font ',10' textcolor '#404040' front
set label '8.350 ms' at 0.008385962,49 left offset character 0.6,0 font ',10' textcolor '#404040' front
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
    $series6 using 5:1:4:5:2:3 with boxxyerror fillstyle empty linecolor '#5aa0d0' title 'gather-scatter', \
    $intervals6 using 6:1:($7-$6):(0) with vectors heads size character 0.35,90 linewidth 1.2 dashtype 1 linecolor '#000000' notitle
set terminal pngcairo noenhanced size 1438,2066 font 'sans-serif,12' fontscale 1.5 linewidth 2 pointscale 2 background '#ffffff'
set output 'quick-bars-label.png'
replot
unset output
